package io.deepsuite.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * Number of the last opening of the directory: one line of text with a checksum. It only ever rises, so that no two events share (service, instance, boot,
 * sequence).
 */
final class BootFile {

    private static final Pattern LINE = Pattern.compile("(boot \\d{1,18}) ([0-9a-f]{8})\n");
    private static final int LONGEST = 64;
    private static final int NUMBER = "boot ".length();

    private final Storage storage;
    private final Path file;

    BootFile(Storage storage, Path file) {
        this.storage = storage;
        this.file = file;
    }

    /** The number last written; 0 if there never was one. */
    long read() throws IOException {
        if (!storage.exists(file)) {
            return 0;
        }
        ByteBuffer content = ByteBuffer.allocate(LONGEST);
        try (var handle = storage.open(file)) {
            handle.read(content, 0);
        }
        var line = LINE.matcher(StandardCharsets.US_ASCII.decode(content.flip()));
        if (!line.matches() || !line.group(2).equals(checksum(line.group(1)))) {
            throw new JournalCorruptException(file, 0, "not a boot number with its checksum");
        }
        return Long.parseLong(line.group(1), NUMBER, line.group(1).length(), 10);
    }

    /** Returns once the number is durable. */
    void write(long boot) throws IOException {
        String content = "boot " + boot;
        byte[] line = (content + ' ' + checksum(content) + '\n').getBytes(StandardCharsets.US_ASCII);
        storage.replace(file, ByteBuffer.wrap(line));
    }

    private static String checksum(String content) {
        var crc = new CRC32C();
        crc.update(content.getBytes(StandardCharsets.US_ASCII));
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }
}
