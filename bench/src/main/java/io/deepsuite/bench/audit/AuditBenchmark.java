package io.deepsuite.bench.audit;

import io.deepsuite.bench.report.Machine;
import io.deepsuite.bench.report.Results;
import io.deepsuite.bench.report.Spread;
import io.deepsuite.bench.subject.StackSubjects;
import io.deepsuite.devstack.Stack;
import io.deepsuite.devstack.StackOptions;
import io.deepsuite.devstack.layout.Component;
import io.deepsuite.devstack.layout.Packaging;
import io.deepsuite.devstack.layout.Port;
import io.deepsuite.devstack.layout.Ports;
import io.deepsuite.devstack.layout.StackDirectory;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** audit-service against Debezium's JDBC sink, against the bare insert and other ways of inserting, round by round on the same Kafka and PostgreSQL. */
public final class AuditBenchmark {

    private static final int ROUNDS = 5;
    private static final int EVENTS = 300_000;

    private final StackOptions options;
    private final Path peer;
    private final PrintStream out;

    /** @param peer folder with the jars of Kafka Connect and of Debezium's plugin */
    public AuditBenchmark(Path directory, Path peer, PrintStream out) {
        this.options = StackOptions.launcher(directory)
                .withPorts(Ports.free())
                .withComponents(
                        Set.of(Component.POSTGRES, Component.KAFKA, Component.KEYCLOAK, Component.AUDIT_SERVICE))
                .withProgress(out::println);
        this.peer = peer;
        this.out = out;
    }

    /**
     * Measures, and writes {@code audit.json} and {@code audit.md}.
     *
     * @param packaging form of audit-service
     * @param events of each round
     */
    public void run(Results results, Packaging packaging, int events) throws Exception {
        var machine = Machine.here();
        // ids are the same in every run, and what a run that was cut short has stored would count as stored in no time
        Stack.remove(options);
        try (var stack = Stack.start(options.withPackaging(packaging))) {
            var store = new Store(stack, options.ports());
            var topics = new Topics(stack, options.ports());
            var bare = BareContestant.all(
                    store, stack.identity("platform"), options.ports().of(Port.POSTGRES));
            var debezium = new DebeziumContestant(peer, options.directory().resolve("debezium"), store, topics);
            for (var way : bare) {
                way.prepare();
            }
            debezium.prepare();
            var contestants = new ArrayList<Contestant>(List.of(new SuiteContestant(stack, store, topics), debezium));
            contestants.addAll(bare);
            var rates = rounds(contestants, events);
            var settings = Map.of("fsync", store.show("fsync"), "synchronous_commit", store.show("synchronous_commit"));
            var indexes = new Indexes(store.indexes("audit_event"), store.indexes("audit_event_key"));
            var outcome = new AuditOutcome(machine, packaging, events, settings, indexes, rates);
            results.write("audit", outcome, AuditPage.of(outcome));
        }
        Stack.remove(options);
    }

    /** Events of a round where nothing else is said. */
    public static int defaultEvents() {
        return EVENTS;
    }

    /** Events a second, by contestant, in the order of the rounds. */
    private Map<String, List<Double>> rounds(List<Contestant> contestants, int events) throws Exception {
        var subjects = StackSubjects.of(new StackDirectory(options.directory()));
        Map<String, List<Double>> rates = new LinkedHashMap<>();
        for (int round = 1; round <= ROUNDS; round++) {
            var sample = new SampleEvents(round, events / SampleEvents.PARTITIONS, subjects);
            for (var contestant : contestants) {
                double rate = contestant.store(sample);
                out.printf("round %d: %s, %,.0f events/s%n", round, contestant.name(), rate);
                rates.computeIfAbsent(contestant.name(), _ -> new ArrayList<>()).add(rate);
            }
        }
        return rates;
    }

    /**
     * What came out.
     *
     * @param packaging form of audit-service
     * @param events of each round
     * @param settings of PostgreSQL
     * @param indexes that an event is entered in
     * @param rates events a second, by contestant, in the order of the rounds
     */
    record AuditOutcome(
            Machine machine,
            Packaging packaging,
            int events,
            Map<String, String> settings,
            Indexes indexes,
            Map<String, List<Double>> rates) {

        /** A contestant's rate as a multiple of another's, round by round. */
        Spread ratio(String contestant, String other) {
            var own = rates.getOrDefault(contestant, List.of());
            var others = rates.getOrDefault(other, List.of());
            var ratios = new ArrayList<Double>();
            for (int round = 0; round < own.size(); round++) {
                ratios.add(own.get(round) / others.get(round));
            }
            return Spread.of(ratios);
        }
    }

    /** Numbers of indexes. */
    record Indexes(int ofEvents, int ofKeys) {}
}
