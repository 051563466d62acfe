package io.deepsuite.devstack.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How much memory processes hold. */
public final class ResidentMemory {
    private ResidentMemory() {}

    /** Resident memory of a process alone, bytes; 0 where the system does not say. */
    public static long bytes(ProcessHandle process) {
        return own(process);
    }

    /** Resident memory of a process and its children, bytes; 0 where the system does not say. */
    public static long bytesWithChildren(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .mapToLong(ResidentMemory::own)
                .sum();
    }

    private static long own(ProcessHandle process) {
        var status = Path.of("/proc", Long.toString(process.pid()), "status");
        try {
            if (Files.exists(status)) {
                // Without what is shared with other processes: PostgreSQL's workers all map the same buffers.
                return kibibytes(Files.readString(status), "RssAnon:")
                        + kibibytes(Files.readString(status), "RssFile:");
            }
            var ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(process.pid())).start();
            var text = new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return text.isEmpty() ? 0 : Long.parseLong(text) << 10;
        } catch (IOException _) {
            return 0;
        }
    }

    private static long kibibytes(String status, String key) {
        return status.lines()
                .filter(line -> line.startsWith(key))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .sum();
    }
}
