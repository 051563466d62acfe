package io.deepsuite.systemtests.suite;

import io.deepsuite.devstack.layout.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The offline verifier as a process of its own, with nothing but a bundle, what the audit service has published, and the archive. */
public final class Verifier {

    private final Path published;
    private final Path archive;

    /** @param archive folder of the archive; there may be none */
    Verifier(Path published, Path archive) {
        this.published = published;
        this.archive = archive;
    }

    /**
     * What it said.
     *
     * @param exitCode 0 valid, 1 not, 2 could not look, or a part of the trail
     * @param text both outputs
     */
    public record Result(int exitCode, String text) {}

    /**
     * Checks a bundle, with the archive if there is one.
     *
     * @param options beside what was published
     */
    public Result verify(String bundle, String... options) {
        if (!Files.isDirectory(archive)) {
            return verifyAlone(bundle, options);
        }
        var all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--archive", archive.toString()));
        return verifyAlone(bundle, all.toArray(String[]::new));
    }

    /** Checks a bundle without looking into the archive. */
    public Result verifyAlone(String bundle, String... options) {
        try {
            var file = Files.createTempFile("bundle", ".ndjson");
            Files.writeString(file, bundle);
            var module = Installation.find().repository().resolve("audit-proof/target");
            var command = new ArrayList<>(List.of(
                    Installation.java(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    module.resolve("classes") + ":" + module.resolve("lib") + "/*",
                    "io.deepsuite.proof.cli.Main",
                    "--published",
                    published.toString()));
            command.addAll(List.of(options));
            command.add(file.toString());
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exitCode = process.waitFor();
            Files.delete(file);
            return new Result(exitCode, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
