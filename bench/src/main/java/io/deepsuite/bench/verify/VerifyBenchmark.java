package io.deepsuite.bench.verify;

import io.deepsuite.bench.report.Machine;
import io.deepsuite.bench.report.Results;
import io.deepsuite.bench.report.Spread;
import io.deepsuite.bench.subject.StackSubjects;
import io.deepsuite.devstack.layout.StackDirectory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code ./deepsuite verify}, as a user calls it, against a process that only reads and hashes the same bytes. */
public final class VerifyBenchmark {

    private static final int ROUNDS = 7;
    private static final double MEGABYTE = 1 << 20;

    private final Path directory;
    private final Path repository;
    private final PrintStream out;

    /**
     * @param directory for the bundle
     * @param repository the checkout
     */
    public VerifyBenchmark(Path directory, Path repository, PrintStream out) {
        this.directory = directory;
        this.repository = repository;
        this.out = out;
    }

    /** Measures, and writes {@code verify.json} and {@code verify.md}. */
    public void run(Results results, int events) throws Exception {
        var machine = Machine.here();
        Files.createDirectories(directory);
        var bundle = directory.resolve("verify.ndjson");
        try {
            var key = SampleBundle.write(bundle, events, StackSubjects.of(new StackDirectory(directory)));
            var verifier =
                    List.of(repository.resolve("deepsuite").toString(), "verify", "--key", key, bundle.toString());
            var limit = List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    HashFile.class.getName(),
                    bundle.toString());
            var verified = new ArrayList<Double>();
            var hashed = new ArrayList<Double>();
            for (int round = 1; round <= ROUNDS; round++) {
                verified.add(seconds(verifier, "nothing missing and nothing changed"));
                hashed.add(seconds(limit, ""));
                out.printf(
                        "round %d: verified in %.2f s, hashed in %.2f s%n",
                        round, verified.getLast(), hashed.getLast());
            }
            var outcome = new VerifyOutcome(
                    machine, events, Files.size(bundle) / MEGABYTE, Spread.of(verified), Spread.of(hashed));
            results.write("verify", outcome, page(outcome));
        } finally {
            Files.deleteIfExists(bundle);
        }
    }

    private static double seconds(List<String> command, String expected) throws IOException, InterruptedException {
        long start = System.nanoTime();
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        double seconds = (System.nanoTime() - start) / 1e9;
        if (code != 0 || !output.contains(expected)) {
            throw new IllegalStateException("exit code %d: %s".formatted(code, output));
        }
        return seconds;
    }

    private static String page(VerifyOutcome outcome) {
        return """
                # Verifying an export offline

                Made by `./deepsuite bench verify`: a bundle of %,d events (%.0f MiB) with sealed persons, verified as a user does it, from the start of the command to its end: every event hashed
                and put into the tree, every source's numbers followed, every checkpoint's signature and root checked. Beside it, a process that only reads the file
                and hashes its bytes once.

                Machine: %s.

                | | seconds, median of %d | smallest and largest |
                | --- | --- | --- |
                | `./deepsuite verify` | %.2f | %.2f to %.2f |
                | reading and SHA-256 alone | %.2f | %.2f to %.2f |

                Verifying takes %.1f times as long as hashing, on %d cores: %,.0f events a second.
                """.formatted(
                        outcome.events(),
                        outcome.megabytes(),
                        outcome.machine().describe(),
                        outcome.verified().runs(),
                        outcome.verified().median(),
                        outcome.verified().min(),
                        outcome.verified().max(),
                        outcome.hashed().median(),
                        outcome.hashed().min(),
                        outcome.hashed().max(),
                        outcome.verified().median() / outcome.hashed().median(),
                        outcome.machine().cores(),
                        outcome.events() / outcome.verified().median());
    }

    /**
     * What came out; seconds.
     *
     * @param megabytes size of the bundle
     */
    record VerifyOutcome(Machine machine, int events, double megabytes, Spread verified, Spread hashed) {}
}
