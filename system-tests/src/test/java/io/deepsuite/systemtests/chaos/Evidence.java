package io.deepsuite.systemtests.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.deepsuite.devstack.kafka.KafkaSetup;
import io.deepsuite.devstack.layout.Component;
import io.deepsuite.systemtests.chaos.Ledger.Told;
import io.deepsuite.systemtests.suite.Plain;
import io.deepsuite.systemtests.suite.Suite;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Looks whether the audit trail kept its promise: compares what callers were told with rows, topic, sources and proofs. */
final class Evidence {

    /** Longest that events may be on their way once nothing is broken any more. */
    static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final int SHOWN = 5;

    private final Suite suite;
    private final String prefix;
    private final Duration patience;
    private final int deadLettersBefore;

    private Evidence(Suite suite, String prefix, Duration patience) {
        this.suite = suite;
        this.prefix = prefix;
        this.patience = patience;
        this.deadLettersBefore = deadLetters();
    }

    /**
     * One thing that has to hold.
     *
     * @param claim what
     * @param holds whether it does
     * @param detail what was looked at, or what is wrong
     */
    record Verdict(String claim, boolean holds, String detail) {}

    /** Begins before the first call: what is put aside from now on counts. */
    static Evidence from(Suite suite, String prefix, Duration patience) {
        return new Evidence(suite, prefix, patience);
    }

    /** Waits until everything has arrived, or the patience is over, and looks. The suite has to be whole again, and nobody may call. */
    List<Verdict> examine(Ledger ledger) throws SQLException {
        var told = ledger.told();
        var behind = settle(told);
        var verdicts = new ArrayList<Verdict>();
        verdicts.add(verdict("every answer was right", ledger.wrong(), ledger.acknowledged() + " acknowledged"));
        try (var rows = new StoredRows(suite)) {
            var stored = rows.byRequest(prefix);
            verdicts.addAll(compare(told, stored));
            verdicts.add(
                    announced(stored.values().stream().flatMap(List::stream).toList()));
            verdicts.add(verdict("no event is stored twice", rows.repeated(), rows.count() + " rows"));
            verdicts.add(verdict("journals are shipped, and the topic is stored to its end", behind, ""));
            awaitCheckpoints(rows.treeSizes());
        }
        verdicts.add(sources());
        int letters = deadLetters() - deadLettersBefore;
        verdicts.add(new Verdict("nothing was put aside", letters == 0, letters + " dead letters"));
        verdicts.add(proof());
        return verdicts;
    }

    private List<Verdict> compare(List<Told> told, Map<String, List<StoredRows.Row>> stored) {
        var missing = new ArrayList<String>();
        var different = new ArrayList<String>();
        var several = new ArrayList<String>();
        for (var one : told) {
            var outcomes = stored.getOrDefault(one.requestId(), List.of()).stream()
                    .filter(row -> row.phase().equals("OUTCOME"))
                    .toList();
            if (outcomes.isEmpty()) {
                missing.add(one.toString());
            } else if (outcomes.size() > 1 && !one.repeatable()) {
                several.add(one + " has " + outcomes);
            } else if (outcomes.stream().noneMatch(row -> row.saysThatOf(one))) {
                different.add(one + " has " + outcomes);
            }
        }
        return List.of(
                verdict("every answer has its event", missing, told.size() + " answers"),
                verdict("no answer has two", several, told.size() + " answers"),
                verdict("the event says what the caller was told", different, told.size() + " answers"));
    }

    private static Verdict announced(List<StoredRows.Row> rows) {
        var ended = rows.stream()
                .filter(row -> row.phase().equals("OUTCOME"))
                .map(StoredRows.Row::id)
                .collect(Collectors.toSet());
        var intents = rows.stream().filter(row -> row.phase().equals("INTENT")).toList();
        var open = intents.stream()
                .filter(intent -> !ended.contains(intent.id()))
                .map(StoredRows.Row::toString)
                .toList();
        return verdict("every announced change has its end", open, intents.size() + " changes");
    }

    private static Verdict verdict(String claim, List<String> faults, String fine) {
        return faults.isEmpty()
                ? new Verdict(claim, true, fine)
                : new Verdict(
                        claim,
                        false,
                        faults.size() + ": " + String.join("; ", faults.subList(0, Math.min(SHOWN, faults.size()))));
    }

    /**
     * Waits until nothing more is on its way: journals are shipped, the store is at the topic's end, every answer has a row, no source waits for its tail.
     *
     * @return what was still on its way at the end
     */
    private List<String> settle(List<Told> told) {
        var ids = told.stream().map(Told::requestId).toList();
        var behind = new AtomicReference<>(List.of("nobody could look"));
        try {
            Awaitility.await()
                    .atMost(patience)
                    .pollInterval(Duration.ofSeconds(1))
                    .ignoreExceptions()
                    .until(() -> {
                        behind.set(behind());
                        try (var rows = new StoredRows(suite)) {
                            return behind.get().isEmpty()
                                    && rows.byRequest(prefix).keySet().containsAll(ids)
                                    && sources().holds();
                        }
                    });
        } catch (ConditionTimeoutException _) {
            // The verdicts say what did not come.
        }
        return behind.get();
    }

    /** Looking is audited too, so journals and topic come first: what this look adds to them is for the next. */
    private List<String> behind() throws SQLException {
        var behind = new ArrayList<String>();
        for (var service : Component.values()) {
            if (service.kind() == Component.Kind.SERVICE && unshipped(service) > 0) {
                behind.add("journal of " + service.processName());
            }
        }
        var ends = suite.topic().ends();
        try (var rows = new StoredRows(suite)) {
            behind.addAll(rows.behind(ends));
        }
        return behind;
    }

    private double unshipped(Component service) {
        return Plain.get(suite.stack().addresses().management(service).resolve("/metrics"))
                .body()
                .lines()
                .filter(line -> line.startsWith("deepsuite_audit_unshipped_events"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private void awaitCheckpoints(Map<Integer, Long> sizes) {
        sizes.forEach((log, size) -> suite.logs().awaitCheckpoint(log, size));
    }

    /** Only a source's latest boot may still be open. */
    private Verdict sources() {
        var latest = new HashMap<String, Long>();
        var all = suite.logs().json("audit-sources").path("sources");
        all.forEach(source -> latest.merge(name(source), source.path("boot").asLong(), Math::max));
        var faults = all.valueStream()
                .filter(source -> !whole(source, source.path("boot").asLong() == latest.get(name(source))))
                .map(JsonNode::toString)
                .toList();
        return verdict("every source is whole", faults, all.size() + " sources");
    }

    private static String name(JsonNode source) {
        return source.path("service").asText() + "/" + source.path("instance").asText();
    }

    private static boolean whole(JsonNode source, boolean isLatest) {
        return switch (source.path("state").asText()) {
            case "COMPLETE" -> true;
            case "OPEN" -> isLatest;
            default -> false;
        };
    }

    /** All logs as an auditor exports them, checked outside, with every checkpoint that was ever published. */
    private Verdict proof() {
        var result = suite.verifier().verify(suite.logs().body("audit-logs/bundle"));
        return new Verdict(
                "every proof verifies, against every published checkpoint",
                result.exitCode() == 0,
                result.text().lines().findFirst().orElse("").replaceFirst("^\\S+: ", ""));
    }

    private int deadLetters() {
        return suite.topic().records(KafkaSetup.DEAD_LETTER_TOPIC).size();
    }
}
