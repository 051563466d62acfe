package io.deepsuite.systemtests.suite;

import io.deepsuite.devstack.layout.Installation;
import io.deepsuite.devstack.layout.Port;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The job that keeps the months of the audit store, as a process of its own. */
public final class ArchiveJob {

    private final Suite suite;
    private final Path directory;

    ArchiveJob(Suite suite) {
        this.suite = suite;
        this.directory = directory(suite.stack().directory().root());
    }

    static Path directory(Path stack) {
        return stack.resolve("archive").toAbsolutePath();
    }

    /** Folder of the archive. */
    public Path directory() {
        return directory;
    }

    /**
     * Runs it.
     *
     * @param rules lifecycle rules, JSON
     * @param arguments none: what it does daily
     * @return both outputs
     * @throws AssertionError if it does not end with 0
     */
    public String run(String rules, String... arguments) {
        try {
            Files.createDirectories(directory);
            var lifecycle = Files.writeString(directory.resolve("lifecycle.json"), rules);
            var module = Installation.find().repository().resolve("audit-archive/target");
            var command = new ArrayList<>(List.of(
                    Installation.java(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    module.resolve("classes") + ":" + module.resolve("lib") + "/*",
                    "io.deepsuite.archive.Retention"));
            command.addAll(Arrays.asList(arguments));
            var builder = new ProcessBuilder(command).redirectErrorStream(true);
            var owner = suite.stack().identity("platform");
            var environment = builder.environment();
            environment.put("DEEPSUITE_POSTGRES_HOST", "127.0.0.1");
            environment.put("DEEPSUITE_POSTGRES_PORT", Integer.toString(suite.number(Port.POSTGRES)));
            environment.put("DEEPSUITE_POSTGRES_DATABASE", "audit_service");
            environment.put("DEEPSUITE_TLS_CERTIFICATE", owner.certificate().toString());
            environment.put("DEEPSUITE_TLS_KEY", owner.key().toString());
            environment.put("DEEPSUITE_TLS_CA", owner.authority().toString());
            environment.put("DEEPSUITE_ARCHIVE_LIFECYCLE", lifecycle.toString());
            environment.put("DEEPSUITE_ARCHIVE_DIRECTORY", directory.toString());
            environment.put("DEEPSUITE_ARCHIVE_KEYS", keys().toString());
            var process = builder.start();
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exitCode = process.waitFor();
            if (exitCode != 0) {
                throw new AssertionError("the job ended with " + exitCode + ": " + text);
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What the service has published, in one file. */
    private Path keys() throws IOException {
        try (var files = Files.walk(suite.stack().directory().published())) {
            var keys = files.filter(file -> file.toString().endsWith(".vkey"))
                    .map(ArchiveJob::text)
                    .collect(Collectors.joining("\n"));
            return Files.writeString(directory.resolve("keys.vkey"), keys);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
