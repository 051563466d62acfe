package io.deepsuite.systemtests.chaos;

import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import io.deepsuite.systemtests.suite.Suite;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** One thing that goes wrong while everybody works: traffic from its beginning, evidence at its end. */
final class Trial implements AutoCloseable {

    private final Suite suite;
    private final String name;
    private final long start = System.nanoTime();
    private final Ledger ledger = new Ledger();
    private final Evidence evidence;
    private final Traffic traffic;

    private Trial(Suite suite, String name) {
        this.suite = suite;
        this.name = name;
        var prefix = "chaos-" + UUID.randomUUID() + "-";
        this.evidence = Evidence.from(suite, prefix, Evidence.PATIENCE);
        this.traffic = Traffic.start(suite, ledger, prefix);
    }

    /**
     * How it went.
     *
     * @param name what went wrong
     * @param length from the first call to the last verdict
     */
    record Outcome(String name, Duration length, Ledger ledger, List<Evidence.Verdict> verdicts) {

        boolean holds() {
            return verdicts.stream().allMatch(Evidence.Verdict::holds);
        }

        /** What does not hold, on one line: reports show the first. */
        String faults() {
            return verdicts.stream()
                    .filter(verdict -> !verdict.holds())
                    .map(verdict -> verdict.claim() + ", but " + verdict.detail())
                    .collect(Collectors.joining("; "));
        }
    }

    /** Starts the traffic, and returns once calls of every kind are answered. */
    static Trial of(Suite suite, String name) {
        var trial = new Trial(suite, name);
        try {
            trial.awaitAllServed();
            return trial;
        } catch (RuntimeException e) {
            trial.close();
            throw e;
        }
    }

    /** Returns when calls of every kind are acknowledged, counted from now. */
    void awaitAllServed() {
        for (var action : List.of("inference.chat", "text.mask", "signal.report", "audit-event.query")) {
            awaitServed(action);
        }
    }

    /** Returns when one more call of the action is acknowledged. */
    void awaitServed(String action) {
        long before = ledger.acknowledged(action);
        await(action).atMost(Duration.ofMinutes(2)).until(() -> ledger.acknowledged(action) > before);
    }

    Traffic traffic() {
        return traffic;
    }

    Ledger ledger() {
        return ledger;
    }

    /** Ends the traffic, looks at the evidence, and fails unless all of it holds. */
    void conclude() throws SQLException {
        traffic.close();
        var outcome = new Outcome(name, Duration.ofNanos(System.nanoTime() - start), ledger, evidence.examine(ledger));
        ChaosReport.add(outcome);
        if (!outcome.holds()) {
            fail(outcome.faults());
        }
    }

    @Override
    public void close() {
        traffic.close();
        suite.stack().startAll();
    }
}
