package io.deepsuite.audit.completeness;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.audit.event.SourceEnd;
import io.deepsuite.audit.event.SourceId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both ways to read what has arrived, on a real server, against {@link SourceProgress} in memory. */
@SuppressWarnings("NullAway.Init") // the server is started once for all tests
class SourceStoreTest {

    private static SourceDatabase database;
    private static SourceAdvanceStore advances;
    private static SourceStore sources;

    @BeforeAll
    static void start() throws IOException {
        database = new SourceDatabase();
        database.migrate("19");
        for (var run : List.of(new NumberRun(1, 2), new NumberRun(4, 4), new NumberRun(5, 9), new NumberRun(12, 12))) {
            writeAsBefore(source("migrated", 1), run, 2);
        }
        database.migrate("latest");
        advances = new SourceAdvanceStore(database.service());
        sources = new SourceStore(database.service(), new TestCompleteness(Duration.ZERO));
    }

    @AfterAll
    static void stop() throws IOException {
        database.close();
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 40);
    }

    /**
     * Two consumers bring the numbers of one source in any order, each with what it knew when it began; some are lost for ever, come twice, are rolled back, or are
     * written by the version before; now and then a consumer starts anew.
     */
    @ParameterizedTest
    @MethodSource("seeds")
    void findsExactlyTheGapsThatThereAre(long seed) {
        // Given
        var random = new Random(seed);
        var source = source("random-" + seed, 1);
        var stored = new TreeSet<Long>();
        var consumers = List.of(new Consumer(source, 0), new Consumer(source, 1));
        int count = 1 + random.nextInt(150);
        var disorder = random.nextInt(12);
        var deliveries = new ArrayList<Long>();
        LongStream.rangeClosed(1, count)
                .filter(_ -> random.nextInt(10) > 0)
                .forEach(number -> deliveries.add(
                        deliveries.isEmpty() ? 0 : Math.max(0, deliveries.size() - random.nextInt(disorder + 1)),
                        number));

        while (!deliveries.isEmpty()) {
            // When
            var consumer = consumers.get(random.nextInt(10) < 7 ? 0 : 1);
            var batch = List.copyOf(deliveries.subList(0, Math.min(deliveries.size(), 1 + random.nextInt(8))));
            deliveries.subList(0, batch.size()).clear();
            if (random.nextInt(5) == 0) {
                deliveries.addAll(random.nextInt(deliveries.size() + 1), batch);
            }
            var numbers = batch.stream()
                    .filter(number -> !stored.contains(number))
                    .distinct()
                    .toList();
            switch (numbers.isEmpty() ? 0 : random.nextInt(12)) {
                case 0 -> consumer.restart();
                case 1 -> {
                    consumer.writeAndRollBack(numbers);
                    deliveries.addAll(0, numbers);
                }
                case 2 -> {
                    SourceProgress.runs(numbers)
                            .forEach(run ->
                                    writeAsBefore(source, run, consumer.known().watermark()));
                    consumer.restart();
                    stored.addAll(numbers);
                }
                case 3 -> {
                    // both begin before either has written
                    var other = consumers.get(1 - consumers.indexOf(consumer));
                    var half = numbers.size() / 2;
                    var late = other.plan(numbers.subList(half, numbers.size()));
                    if (half > 0) {
                        consumer.write(numbers.subList(0, half));
                    }
                    other.write(late);
                    stored.addAll(numbers);
                }
                default -> {
                    consumer.write(numbers);
                    stored.addAll(numbers);
                }
            }

            // Then
            var truth = SourceProgress.NONE.plus(SourceProgress.runs(List.copyOf(stored)));
            assertThat(progress(source)).isEqualTo(truth);
            if (!stored.isEmpty()) {
                var report = report(source);
                assertThat(report.watermark()).isEqualTo(truth.watermark());
                assertThat(report.highest()).isEqualTo(truth.highest());
                assertThat(numbers(report)).isEqualTo(truth.gaps(0));
            }
        }
    }

    @Test
    void readsAsManyRowsAsThereAreGaps() {
        // Given
        var source = source("lossy", 1);
        var consumer = new Consumer(source, 0);
        for (long first = 1; first <= 6_000; first += 2) {
            if (first == 1_001 || first == 2_001) {
                continue;
            }
            consumer.write(List.of(first, first + 1));
        }
        database.execute("ANALYZE source_run");

        // When
        var rows = database.service()
                .preparedQuery(SourceAdvanceStore.SELECT_PROGRESS)
                .executeAndAwait(wanted(source));
        var plan = plan(SourceAdvanceStore.SELECT_PROGRESS, wanted(source));
        var report = report(source);

        // Then
        assertThat(rows.size()).isEqualTo(2);
        assertThat(plan).doesNotContain("Seq Scan on source_run");
        assertThat(mostRows(plan)).isLessThan(10);
        assertThat(numbers(report)).containsExactly(new NumberRun(1_001, 1_002), new NumberRun(2_001, 2_002));
        assertThat(mostRows(plan(SourceStore.SELECT_SOURCES, Tuple.tuple()))).isLessThan(1_000);
    }

    @Test
    void aConsumerThatDoesNotKnowOfAnotherOnesNumbersCostsNoMore() {
        // Given
        var source = source("moved", 1);
        var left = new Consumer(source, 0);
        left.write(List.of(1L, 2L));
        var right = new Consumer(source, 1);
        right.write(List.of(5L));
        left.write(List.of(3L, 4L));

        // When
        LongStream.rangeClosed(6, 500).forEach(number -> right.write(List.of(number)));

        // Then
        assertThat(database.service()
                        .preparedQuery(SourceAdvanceStore.SELECT_PROGRESS)
                        .executeAndAwait(wanted(source))
                        .size())
                .isEqualTo(1);
        assertThat(report(source).watermark()).isEqualTo(500);
        assertThat(report(source).state()).isEqualTo(SourceReport.State.OPEN);
    }

    @Test
    void rowsOfBeforeAreMarkedBehindTheirGapAlone() {
        // Given
        var source = source("migrated", 1);

        // When
        var marked = StreamSupport.stream(
                        database.service()
                                .query(
                                        "SELECT first_sequence, island_first FROM source_run WHERE instance = 'migrated' ORDER BY 1")
                                .executeAndAwait()
                                .spliterator(),
                        false)
                .map(row -> row.getLong(0) + ": " + row.getLong(1))
                .toList();

        // Then
        assertThat(marked).containsExactly("1: null", "4: 4", "5: 4", "12: 12");
        assertThat(numbers(report(source))).containsExactly(new NumberRun(3, 3), new NumberRun(10, 11));
    }

    @Test
    void aBootThatWasFollowedAndDidNotSayWhereItEndedIsNotComplete() {
        // Given
        var before = source("followed", 1);
        new Consumer(before, 0).write(List.of(1L, 2L));
        assertThat(report(before).state()).isEqualTo(SourceReport.State.OPEN);

        // When
        var later = source("followed", 4);
        new Consumer(later, 0).write(List.of(2L));

        // Then
        assertThat(report(before).state()).isEqualTo(SourceReport.State.END_UNKNOWN);
        assertThat(report(before).fault(Duration.ZERO)).contains(new SourceFault(List.of(), true));
        assertThat(report(before).fault(Duration.ofHours(1))).isEmpty();
        assertThat(report(later).state()).isEqualTo(SourceReport.State.MISSING);

        // When
        new Consumer(later, 0).write(List.of(1L), List.of(new SourceEnd(before, 3)));

        // Then
        assertThat(report(before).state()).isEqualTo(SourceReport.State.MISSING);
        assertThat(numbers(report(before))).containsExactly(new NumberRun(3, 3));
        assertThat(report(later).state()).isEqualTo(SourceReport.State.OPEN);

        // When
        new Consumer(before, 0).write(List.of(3L));

        // Then
        assertThat(report(before).state()).isEqualTo(SourceReport.State.COMPLETE);
    }

    @Test
    void anEndOfALaterBootShowsThatOneWasFollowedToo() {
        var before = source("ended", 1);
        new Consumer(before, 0).write(List.of(1L));
        var elsewhere = source("ended-2", 9);

        new Consumer(elsewhere, 0).write(List.of(1L), List.of(new SourceEnd(source("ended", 2), 7)));

        assertThat(report(before).state()).isEqualTo(SourceReport.State.END_UNKNOWN);
        assertThat(report(source("ended", 2)).state()).isEqualTo(SourceReport.State.MISSING);
    }

    private static SourceId source(String instance, long boot) {
        return new SourceId("model-service", instance, boot);
    }

    /** As the version before wrote it, which knew of no islands. */
    private static void writeAsBefore(SourceId source, NumberRun run, long watermark) {
        database.execute(
                """
                INSERT INTO source_run (service, instance, boot, first_sequence, last_sequence, watermark, log)
                VALUES ('%s', '%s', %d, %d, %d, %d, 0)
                """.formatted(source.service(), source.instance(), source.boot(), run.first(), run.last(), watermark));
    }

    private static SourceProgress progress(SourceId source) {
        return advances.progress(List.of(source)).await().indefinitely().getOrDefault(source, SourceProgress.NONE);
    }

    private static SourceReport report(SourceId source) {
        return sources.sources().stream()
                .filter(report -> report.source().equals(source))
                .findFirst()
                .orElseThrow();
    }

    private static List<NumberRun> numbers(SourceReport report) {
        return report.gaps().stream().map(SourceGap::numbers).toList();
    }

    private static Tuple wanted(SourceId source) {
        return Tuple.of(new String[] {source.service()}, new String[] {source.instance()}, new Long[] {source.boot()});
    }

    private static String plan(String query, Tuple values) {
        var lines = new StringBuilder();
        for (Row row : database.service()
                .preparedQuery("EXPLAIN (ANALYZE, TIMING OFF) " + query)
                .executeAndAwait(values)) {
            lines.append(row.getString(0)).append('\n');
        }
        return lines.toString();
    }

    /** Most rows that a step of the plan touched. */
    private static double mostRows(String plan) {
        return Pattern.compile("actual rows=([0-9.]+) loops=([0-9]+)")
                .matcher(plan)
                .results()
                .mapToDouble(step -> Double.parseDouble(step.group(1)) * Double.parseDouble(step.group(2)))
                .max()
                .orElseThrow();
    }

    /** Writes as ingest does: with what it knew, which may be behind. */
    private static final class Consumer {

        private final SourceId source;
        private final int log;
        private SourceProgress known;

        Consumer(SourceId source, int log) {
            this.source = source;
            this.log = log;
            this.known = progress(source);
        }

        SourceProgress known() {
            return known;
        }

        void restart() {
            known = progress(source);
        }

        SourceAdvance plan(List<Long> numbers) {
            var runs = SourceProgress.runs(numbers);
            return new SourceAdvance(source, log, runs, known.plus(runs));
        }

        void write(List<Long> numbers, List<SourceEnd> ends) {
            write(plan(numbers), ends);
        }

        void write(List<Long> numbers) {
            write(plan(numbers));
        }

        void write(SourceAdvance advance) {
            write(advance, List.of());
        }

        private void write(SourceAdvance advance, List<SourceEnd> ends) {
            database.service()
                    .withTransaction(connection -> advances.append(connection, List.of(advance), ends))
                    .await()
                    .indefinitely();
            known = known.plus(advance.after());
        }

        void writeAndRollBack(List<Long> numbers) {
            database.service()
                    .withTransaction(connection -> advances.append(connection, List.of(plan(numbers)), List.of())
                            .chain(() -> Uni.createFrom().<Void>failure(new IllegalStateException("rolled back"))))
                    .onFailure(IllegalStateException.class)
                    .recoverWithNull()
                    .await()
                    .indefinitely();
        }
    }
}
