package io.deepsuite.systemtests.chaos;

import io.deepsuite.devstack.layout.Component;
import io.deepsuite.systemtests.suite.Https;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.opentest4j.TestAbortedException;

/** What a long run found, for people and for programs. */
final class ChaosReport {

    private static final List<Trial.Outcome> OUTCOMES = new CopyOnWriteArrayList<>();

    private static final Map<String, String> SKIPPED = new ConcurrentSkipListMap<>();

    private ChaosReport() {}

    /** What ends a test that this machine does not permit; the report says that it was not tried, and why. */
    static TestAbortedException skip(String name, String reason) {
        SKIPPED.put(name, reason);
        System.out.println("chaos: " + name + ": SKIPPED: " + reason);
        return new TestAbortedException("SKIPPED: " + reason);
    }

    static void add(Trial.Outcome outcome) {
        OUTCOMES.add(outcome);
        System.out.printf(
                Locale.ROOT,
                "chaos: %s: %s: %d acknowledged, refused %s, %d broken, %.0f s%n",
                outcome.name(),
                outcome.holds() ? "holds" : "DOES NOT HOLD",
                outcome.ledger().acknowledged(),
                outcome.ledger().refusals(),
                outcome.ledger().brokenCalls(),
                outcome.length().toMillis() / 1000.0);
        outcome.verdicts().forEach(verdict -> System.out.println("chaos:   " + verdict));
    }

    /**
     * Writes chaos.md and chaos.json, or a pair of the trial's own.
     *
     * @param trial the only one that ran, by the name of its method; empty when all did
     */
    static void write(
            Path folder,
            String trial,
            Plan plan,
            Map<Component, Integer> kills,
            Map<Component, Duration> recoveries,
            List<Duration> firstRows)
            throws IOException {
        Files.createDirectories(folder);
        var name = trial.isEmpty() ? "chaos" : "chaos-" + trial;
        Files.writeString(folder.resolve(name + ".md"), page(trial, plan, kills, recoveries, firstRows));
        Files.writeString(
                folder.resolve(name + ".json"),
                Https.JSON
                                .writerWithDefaultPrettyPrinter()
                                .writeValueAsString(numbers(plan, kills, recoveries, firstRows))
                        + "\n");
    }

    private static String page(
            String trial,
            Plan plan,
            Map<Component, Integer> kills,
            Map<Component, Duration> recoveries,
            List<Duration> firstRows) {
        var page = new ArrayList<String>();
        page.add("# Failure injection\n");
        page.add(
                "Made by `./deepsuite chaos%s --kills %d --outage %s --seed %d`, services as %s, on %d processors, at load average %.1f."
                        .formatted(
                                trial.isEmpty() ? "" : " --trial " + trial,
                                plan.kills(),
                                plan.outage(),
                                plan.seed(),
                                System.getProperty("deepsuite.packaging", "JVM").equals("JVM")
                                        ? "jars"
                                        : "native executables",
                                Runtime.getRuntime().availableProcessors(),
                                java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                                        .getSystemLoadAverage()));
        page.add("\n| what goes wrong under load | acknowledged | refused | broken | seconds | evidence |");
        page.add("| --- | --- | --- | --- | --- | --- |");
        for (var outcome : OUTCOMES) {
            page.add("| %s | %d | %d | %d | %d | %s |"
                    .formatted(
                            outcome.name(),
                            outcome.ledger().acknowledged(),
                            sum(outcome.ledger().refusals()),
                            outcome.ledger().brokenCalls(),
                            outcome.length().toSeconds(),
                            outcome.holds() ? "holds" : "**does not hold**"));
        }
        SKIPPED.forEach((name, reason) -> page.add("| %s | | | | | **skipped**: %s |".formatted(name, cell(reason))));
        if (!kills.isEmpty()) {
            page.add("\n| process | kills | longest from a kill to ready again, seconds |");
            page.add("| --- | --- | --- |");
            new TreeMap<>(kills)
                    .forEach((process, count) -> page.add("| %s | %d | %.1f |"
                            .formatted(
                                    process.processName(),
                                    count,
                                    recoveries
                                                    .getOrDefault(process, Duration.ZERO)
                                                    .toMillis()
                                            / 1000.0)));
            page.add("| all | %d | |".formatted(sum(kills)));
        }
        if (!firstRows.isEmpty()) {
            page.add(
                    "\naudit-service killed alone, from the kill to the first row after it: %.1f seconds at most, in %d starts."
                            .formatted(longest(firstRows).toMillis() / 1000.0, firstRows.size()));
        }
        page.add("\n## Evidence\n");
        for (var outcome : OUTCOMES) {
            page.add("### " + outcome.name() + "\n");
            outcome.verdicts()
                    .forEach(verdict -> page.add("* %s: %s%s"
                            .formatted(
                                    verdict.claim(),
                                    verdict.holds() ? "yes" : "**NO**",
                                    verdict.detail().isEmpty() ? "" : " (" + verdict.detail() + ")")));
            page.add("");
        }
        return String.join("\n", page);
    }

    private static Map<String, Object> numbers(
            Plan plan, Map<Component, Integer> kills, Map<Component, Duration> recoveries, List<Duration> firstRows) {
        var trials = new ArrayList<Map<String, Object>>();
        for (var outcome : OUTCOMES) {
            var trial = new LinkedHashMap<String, Object>();
            trial.put("name", outcome.name());
            trial.put("acknowledged", outcome.ledger().acknowledged());
            trial.put("refused", outcome.ledger().refusals());
            trial.put("broken", outcome.ledger().brokenCalls());
            trial.put("seconds", outcome.length().toSeconds());
            trial.put("verdicts", outcome.verdicts());
            trials.add(trial);
        }
        var all = new LinkedHashMap<String, Object>();
        all.put("seed", plan.seed());
        all.put("outage", plan.outage().toString());
        all.put("kills", new TreeMap<>(kills));
        var millis = new TreeMap<Component, Long>();
        recoveries.forEach((process, longest) -> millis.put(process, longest.toMillis()));
        all.put("longestRecoveryMillis", millis);
        all.put("firstRowMillis", firstRows.stream().map(Duration::toMillis).toList());
        all.put("trials", trials);
        all.put("skipped", SKIPPED);
        return all;
    }

    private static Duration longest(List<Duration> times) {
        return times.stream().max(Duration::compareTo).orElse(Duration.ZERO);
    }

    private static String cell(String text) {
        return text.replaceAll("\\s*\\R\\s*", " ").replace("|", "\\|");
    }

    private static int sum(Map<?, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
