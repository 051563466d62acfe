package io.deepsuite.systemtests.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.deepsuite.devstack.layout.Component;
import io.deepsuite.devstack.layout.Port;
import io.deepsuite.devstack.process.Signals;
import io.deepsuite.systemtests.suite.Suite;
import io.deepsuite.systemtests.suite.SuiteExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever goes wrong while everybody works, the trail says what callers were told, once, whole and provably. */
@ExtendWith(SuiteExtension.class)
class ChaosIT {

    private static final Plan PLAN = Plan.ofProperties();
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String MEGABYTE = "1M";
    private static final Map<Component, Integer> KILLS = new EnumMap<>(Component.class);
    private static final Map<Component, Duration> RECOVERIES = new EnumMap<>(Component.class);
    private static final List<Duration> FIRST_ROWS = new ArrayList<>();

    private final Suite suite;

    ChaosIT(Suite suite) {
        this.suite = suite;
    }

    /** A long run keeps what it found: {@code -Dchaos.results} names the folder. */
    @AfterAll
    static void report() throws IOException {
        var folder = System.getProperty("chaos.results", "");
        if (!folder.isEmpty()) {
            ChaosReport.write(
                    Path.of(folder), System.getProperty("chaos.trial", ""), PLAN, KILLS, RECOVERIES, FIRST_ROWS);
        }
    }

    @Test
    void everyProcessKilledAtRandomMoments() throws Exception {
        System.out.println("chaos: " + PLAN);
        try (var trial = Trial.of(suite, "processes killed at random moments")) {
            var killer = new Killer(suite, trial.traffic(), PLAN.seed());

            killer.kill(PLAN.kills());
            trial.awaitAllServed();

            KILLS.putAll(killer.kills());
            RECOVERIES.putAll(killer.recoveries());
            System.out.println("chaos: killed " + KILLS + ", back after at most " + RECOVERIES);
            assertThat(KILLS).containsOnlyKeys(Component.values());
            trial.conclude();
        }
    }

    /** With nothing else in its way, so that the time to the first row is its own. */
    @Test
    void auditServiceKilledAlone() throws Exception {
        int times = Math.max(2, PLAN.kills() / 10);
        try (var trial = Trial.of(suite, "audit-service killed alone, %d times".formatted(times))) {
            for (int time = 0; time < times; time++) {
                trial.awaitAllServed();
                suite.stack().kill(Component.AUDIT_SERVICE);
                var row = FirstRow.from(suite);
                suite.stack().start(Component.AUDIT_SERVICE);
                FIRST_ROWS.add(row.await());
            }
            System.out.println("chaos: first rows after " + FIRST_ROWS);
            trial.awaitAllServed();
            trial.conclude();
        }
    }

    @Test
    void kafkaStopped() throws Exception {
        try (var trial = Trial.of(suite, "Kafka stopped for " + PLAN.outage())) {
            suite.stack().kill(Component.KAFKA);
            long before = trial.ledger().acknowledged("inference.chat");
            last(PLAN.outage());
            assertThat(trial.ledger().acknowledged("inference.chat"))
                    .as("people are answered meanwhile")
                    .isGreaterThan(before);
            suite.stack().start(Component.KAFKA);
            trial.conclude();
        }
    }

    @Test
    void kafkaStoppedUntilTheJournalIsFull() throws Exception {
        var small = suite.stackWith(
                Component.DATAPREP_SERVICE,
                Map.of("DEEPSUITE_JOURNAL_MAX_SIZE", "2M", "DEEPSUITE_JOURNAL_SEGMENT_SIZE", MEGABYTE));
        suite.stack().stop(Component.DATAPREP_SERVICE);
        small.start(Component.DATAPREP_SERVICE);
        try (var trial = Trial.of(suite, "Kafka stopped until a journal is full")) {
            suite.stack().kill(Component.KAFKA);
            trial.traffic().maskUntil(() -> trial.ledger().refused("AUDIT_UNAVAILABLE") > 0, PATIENCE);

            suite.stack().start(Component.KAFKA);

            trial.awaitAllServed();
            trial.conclude();
        } finally {
            suite.stack().stop(Component.DATAPREP_SERVICE);
            suite.stack().start(Component.DATAPREP_SERVICE);
        }
    }

    @Test
    void diskOfTheJournalFull() throws Exception {
        var name = "the journal's disk is full";
        var disk = Files.createTempDirectory("deepsuite-disk");
        if (!run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk.toString())) {
            Files.delete(disk);
            throw ChaosReport.skip(name, "file systems cannot be mounted here");
        }
        try {
            var elsewhere = suite.stackWith(
                    Component.MODEL_SERVICE,
                    Map.of(
                            "DEEPSUITE_JOURNAL_DIRECTORY",
                            disk.resolve("journal").toString(),
                            "DEEPSUITE_JOURNAL_SEGMENT_SIZE",
                            MEGABYTE,
                            // Another journal is another source.
                            "DEEPSUITE_JOURNAL_INSTANCE",
                            "disk-" + UUID.randomUUID()));
            suite.stack().stop(Component.MODEL_SERVICE);
            elsewhere.start(Component.MODEL_SERVICE);
            try (var trial = Trial.of(suite, name)) {
                var foreign = disk.resolve("foreign");
                fill(foreign);
                await().atMost(PATIENCE).until(() -> trial.ledger().refused("AUDIT_UNAVAILABLE") > 0);

                Files.delete(foreign);

                trial.awaitAllServed();
                trial.conclude();
            } finally {
                elsewhere.stop(Component.MODEL_SERVICE);
                suite.stack().start(Component.MODEL_SERVICE);
            }
        } finally {
            run("umount", disk.toString());
            Files.delete(disk);
        }
    }

    /** Writes until nothing fits any more. */
    private static void fill(Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            var block = new byte[4096];
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    }

    @Test
    void kafkaFrozen() throws Exception {
        frozen(Component.KAFKA);
    }

    @Test
    void postgresFrozen() throws Exception {
        frozen(Component.POSTGRES);
    }

    private void frozen(Component component) throws Exception {
        try (var trial = Trial.of(suite, component.processName() + " frozen for " + PLAN.outage())) {
            long before = trial.ledger().acknowledged("inference.chat");
            signal(component, "STOP");
            try {
                last(PLAN.outage());
                assertThat(trial.ledger().acknowledged("inference.chat"))
                        .as("people are answered meanwhile")
                        .isGreaterThan(before);
            } finally {
                signal(component, "CONT");
            }
            trial.awaitAllServed();
            trial.conclude();
        }
    }

    /** PostgreSQL is as many processes as it has connections. */
    private void signal(Component component, String signal) {
        var process = suite.stack().process(component).orElseThrow();
        Stream.concat(Stream.of(process), process.descendants()).forEach(one -> Signals.send(one, signal));
    }

    @Test
    void storeCutOffFromItsDatabase() throws Exception {
        try (var way = Relay.to(suite.number(Port.POSTGRES))) {
            var behind = suite.stackWith(
                    Component.AUDIT_SERVICE, Map.of("DEEPSUITE_POSTGRES_PORT", Integer.toString(way.port())));
            suite.stack().stop(Component.AUDIT_SERVICE);
            behind.start(Component.AUDIT_SERVICE);
            try (var trial = Trial.of(suite, "audit-service cut off from PostgreSQL for " + PLAN.outage())) {
                long before = trial.ledger().acknowledged("inference.chat");
                way.cut();
                try {
                    last(PLAN.outage());
                    assertThat(trial.ledger().acknowledged("inference.chat"))
                            .as("people are answered meanwhile")
                            .isGreaterThan(before);
                } finally {
                    way.mend();
                }
                trial.awaitAllServed();
                trial.conclude();
            } finally {
                suite.stack().stop(Component.AUDIT_SERVICE);
                suite.stack().start(Component.AUDIT_SERVICE);
            }
        }
    }

    @Test
    void nodeOfTheStorePartitioned() throws Exception {
        var name = "node of audit-service partitioned for " + PLAN.outage();
        try (var node = nodeFor(name);
                var _ = DistantStore.start(suite, node);
                var trial = Trial.of(suite, name)) {
            long chats = trial.ledger().acknowledged("inference.chat");
            node.cut();
            long queries = trial.ledger().acknowledged("audit-event.query");
            try {
                last(PLAN.outage());
                assertThat(trial.ledger().acknowledged("inference.chat"))
                        .as("people are answered meanwhile")
                        .isGreaterThan(chats);
                assertThat(trial.ledger().acknowledged("audit-event.query"))
                        .as("nothing comes from the node but what was on its way")
                        .isLessThanOrEqualTo(queries + 1);
            } finally {
                node.mend();
            }
            trial.awaitAllServed();
            trial.conclude();
        }
    }

    private static Node nodeFor(String trial) throws IOException {
        try {
            return Node.open();
        } catch (Node.NotPermittedException e) {
            throw ChaosReport.skip(trial, "nobody may make network namespaces here: " + e.getMessage());
        }
    }

    /** The time is the test here: that long is something away. */
    private static void last(Duration outage) {
        await().pollDelay(outage).atMost(outage.plus(PATIENCE)).until(() -> true);
    }
}
