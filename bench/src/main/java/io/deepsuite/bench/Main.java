package io.deepsuite.bench;

import io.deepsuite.bench.report.Results;
import io.deepsuite.bench.startup.NativeBenchmark;
import io.deepsuite.devstack.layout.DevstackException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Main class behind {@code ./deepsuite bench}. Arguments: a folder for the stack that is measured, the folder of the results, the benchmark. Exit codes: 0
 * done, 1 failed with the reason on the error stream, 2 called wrongly.
 */
public final class Main {

    private static final Logger LIBRARIES = Logger.getLogger("");

    private Main() {}

    /** Runs one benchmark. */
    public static void main(String[] arguments) throws Exception {
        LIBRARIES.setLevel(Level.SEVERE);
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var stack = Path.of(arguments[0]);
        var results = new Results(Path.of(arguments[1]));
        var benchmark = arguments.length > 2 ? arguments[2] : "";
        try {
            switch (benchmark) {
                case "native" -> new NativeBenchmark(stack, out).run(results);
                default -> {
                    System.err.println("deepsuite: usage: deepsuite bench NAME, with one of: native");
                    System.exit(2);
                }
            }
        } catch (DevstackException e) {
            System.err.println("deepsuite: " + e.getMessage());
            System.exit(1);
        }
        System.exit(0);
    }
}
