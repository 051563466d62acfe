package io.deepsuite.bench.audit;

import io.deepsuite.devstack.certificate.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;

/**
 * Rows that are prepared already, inserted into a table like {@code audit_event} with all its indexes: the limit, and other ways of inserting beside it. No Kafka, no
 * parsing, no keys, no sealing. Each way has a table of its own, so that all of them grow alike.
 */
final class BareContestant implements Contestant {

    /** Name of the limit. */
    static final String LIMIT = "bare insert";

    private final Store store;
    private final PreparedRows rows;
    private final String name;
    private final String table;
    private final int connections;
    private final RowWriter.Opener opener;

    private BareContestant(
            Store store, PreparedRows rows, String name, String table, int connections, RowWriter.Opener opener) {
        this.store = store;
        this.rows = rows;
        this.name = name;
        this.table = table;
        this.connections = connections;
        this.opener = opener;
    }

    /** The limit, over as many connections as audit-service has for so many partitions, then what else is compared with it. */
    static List<BareContestant> all(Store store, Identity platform, int port) {
        var options = UnnestWriter.options(platform, port);
        RowWriter.Opener bare = table -> new UnnestWriter(options, table, false);
        RowWriter.Opener unnest = table -> new UnnestWriter(options, table, true);
        RowWriter.Opener copy = table -> new CopyWriter(store.url(), table);
        var rows = new PreparedRows();
        return List.of(
                new BareContestant(store, rows, LIMIT, "bench_bare", SampleEvents.PARTITIONS, bare),
                new BareContestant(store, rows, unnest(1), "bench_unnest_1", 1, unnest),
                new BareContestant(store, rows, unnest(4), "bench_unnest_4", 4, unnest),
                new BareContestant(store, rows, copy(1), "bench_copy_1", 1, copy),
                new BareContestant(store, rows, copy(4), "bench_copy_4", 4, copy));
    }

    /** Name of UNNEST with positions. */
    static String unnest(int connections) {
        return "UNNEST × %d".formatted(connections);
    }

    /** Name of COPY with positions. */
    static String copy(int connections) {
        return "COPY × %d".formatted(connections);
    }

    @Override
    public String name() {
        return name;
    }

    /** Makes the tables. Autovacuum leaves the large one alone, as its work would fall into the time of whoever is next. */
    void prepare() throws Exception {
        store.execute(
                "CREATE TABLE IF NOT EXISTS " + RowWriter.POSITIONS + " (LIKE ingest_batch INCLUDING ALL)",
                "DROP TABLE IF EXISTS " + table,
                "CREATE TABLE " + table + " (LIKE audit_event INCLUDING ALL) WITH (autovacuum_enabled = false)");
    }

    @Override
    public double store(SampleEvents events) throws Exception {
        var batches = new ConcurrentLinkedQueue<>(rows.of(events));
        var writers = new ArrayList<RowWriter>();
        try (var threads = Executors.newFixedThreadPool(connections)) {
            var tasks = new ArrayList<Callable<LongSummaryStatistics>>();
            for (int connection = 0; connection < connections; connection++) {
                var writer = opener.open(table);
                writers.add(writer);
                tasks.add(() -> write(writer, batches));
            }
            var commits = new LongSummaryStatistics();
            for (var written : threads.invokeAll(tasks)) {
                commits.combine(written.get());
            }
            return (double) SampleEvents.PARTITIONS
                    * events.perPartition()
                    / (commits.getMax() - commits.getMin())
                    * 1e9;
        } finally {
            for (var writer : writers) {
                writer.close();
            }
        }
    }

    /** Writes batches as long as there are any; returns when each was stored. */
    private static LongSummaryStatistics write(RowWriter writer, Queue<RowBatch> batches) throws Exception {
        var commits = new LongSummaryStatistics();
        for (var batch = batches.poll(); batch != null; batch = batches.poll()) {
            writer.write(batch);
            commits.accept(System.nanoTime());
        }
        return commits;
    }
}
