package io.deepsuite.bench;

import io.deepsuite.bench.audit.AuditBenchmark;
import io.deepsuite.bench.query.QueryBenchmark;
import io.deepsuite.bench.report.Results;
import io.deepsuite.bench.startup.NativeBenchmark;
import io.deepsuite.bench.verify.VerifyBenchmark;
import io.deepsuite.devstack.layout.DevstackException;
import io.deepsuite.devstack.layout.Packaging;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Main class behind {@code ./deepsuite bench}. Arguments: a folder for the stack that is measured, the folder of the results, the benchmark, and what it takes:
 * {@code --native} for executables where it measures services, {@code --keep} for a store that stays, a number of events. Exit codes: 0 done, 1 failed with the reason on the error stream, 2 called
 * wrongly.
 */
public final class Main {

    private static final Logger LIBRARIES = Logger.getLogger("");
    private static final int VERIFIED_EVENTS = 1_000_000;
    private static final int QUERIED_EVENTS = 10_000_000;

    private Main() {}

    /** Runs one benchmark. */
    public static void main(String[] arguments) throws Exception {
        LIBRARIES.setLevel(Level.SEVERE);
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var stack = Path.of(arguments[0]);
        var results = new Results(Path.of(arguments[1]));
        var benchmark = arguments.length > 2 ? arguments[2] : "";
        var rest = List.of(arguments).subList(Math.min(3, arguments.length), arguments.length);
        var repository = Path.of(System.getProperty("deepsuite.repository", "."));
        try {
            switch (benchmark) {
                case "native" -> new NativeBenchmark(stack.resolve("native"), out).run(results);
                case "audit" ->
                    new AuditBenchmark(stack.resolve("audit"), repository.resolve("bench/debezium/target"), out)
                            .run(
                                    results,
                                    rest.contains("--native") ? Packaging.NATIVE : Packaging.JVM,
                                    events(rest, AuditBenchmark.defaultEvents()));
                case "verify" ->
                    new VerifyBenchmark(stack.resolve("verify"), repository, out)
                            .run(results, events(rest, VERIFIED_EVENTS));
                case "query" ->
                    new QueryBenchmark(stack.resolve("query"), out)
                            .run(
                                    results,
                                    rest.contains("--native") ? Packaging.NATIVE : Packaging.JVM,
                                    events(rest, QUERIED_EVENTS),
                                    rest.contains("--keep"));
                default -> {
                    System.err.println(
                            "deepsuite: usage: deepsuite bench NAME, with one of: native, audit, verify, query");
                    System.exit(2);
                }
            }
        } catch (DevstackException e) {
            System.err.println("deepsuite: " + e.getMessage());
            System.exit(1);
        }
        System.exit(0);
    }

    private static int events(List<String> arguments, int otherwise) {
        return arguments.stream()
                .filter(argument -> argument.matches("[1-9][0-9]{0,7}"))
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElse(otherwise);
    }
}
