package io.deepsuite.audit.completeness;

import io.deepsuite.audit.event.SourceEnd;
import io.deepsuite.audit.event.SourceId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Writes which numbers of the sources a batch brings, as part of the transaction that stores its events. */
@ApplicationScoped
public class SourceAdvanceStore {

    /** Reads as many rows as there are gaps, not as there are runs. */
    static final String SELECT_PROGRESS = """
            SELECT wanted.service, wanted.instance, wanted.boot, reached.watermark, beyond.first_sequence, beyond.last_sequence
              FROM unnest($1::text[], $2::text[], $3::bigint[]) AS wanted (service, instance, boot)
             CROSS JOIN LATERAL (
                SELECT r.watermark FROM source_run r
                 WHERE r.service = wanted.service AND r.instance = wanted.instance AND r.boot = wanted.boot
                 ORDER BY r.watermark DESC LIMIT 1) AS reached
              LEFT JOIN LATERAL (%s) AS beyond ON true
            """.formatted(SourceIslands.select("wanted", "reached.watermark"));

    private static final String INSERT_RUNS = """
            WITH ends AS (
                INSERT INTO source_end (service, instance, boot, last_sequence)
                SELECT * FROM unnest($8::text[], $9::text[], $10::bigint[], $11::bigint[])
                ON CONFLICT DO NOTHING
            )
            INSERT INTO source_run (service, instance, boot, first_sequence, last_sequence, watermark, log, island_first)
            SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::integer[], $12::bigint[])
            ON CONFLICT DO NOTHING
            """;

    private final Pool pool;

    SourceAdvanceStore(Pool pool) {
        this.pool = pool;
    }

    /** What has arrived of the sources. Those of which nothing has are missing. */
    public Uni<Map<SourceId, SourceProgress>> progress(Collection<SourceId> sources) {
        var wanted = List.copyOf(sources);
        return pool.preparedQuery(SELECT_PROGRESS)
                .execute(Tuple.of(
                        array(wanted, SourceId::service, String[]::new),
                        array(wanted, SourceId::instance, String[]::new),
                        array(wanted, SourceId::boot, Long[]::new)))
                .map(SourceAdvanceStore::read);
    }

    private static Map<SourceId, SourceProgress> read(RowSet<Row> rows) {
        Map<SourceId, Long> watermarks = new HashMap<>();
        Map<SourceId, List<NumberRun>> beyond = new HashMap<>();
        for (var row : rows) {
            var source = new SourceId(row.getString(0), row.getString(1), row.getLong(2));
            watermarks.put(source, row.getLong(3));
            var runs = beyond.computeIfAbsent(source, _ -> new ArrayList<>());
            if (row.getLong(4) != null) {
                runs.add(new NumberRun(row.getLong(4), row.getLong(5)));
            }
        }
        Map<SourceId, SourceProgress> progress = new HashMap<>();
        watermarks.forEach((source, watermark) -> progress.put(
                source, new SourceProgress(watermark, List.of()).plus(beyond.getOrDefault(source, List.of()))));
        return progress;
    }

    /** Adds what has arrived, in the connection's transaction. */
    public Uni<Void> append(SqlConnection connection, List<SourceAdvance> advances, List<SourceEnd> ends) {
        var runs = advances.stream()
                .flatMap(advance -> advance.arrived().stream().map(run -> new Placed(advance, run)))
                .toList();
        return connection
                .preparedQuery(INSERT_RUNS)
                .execute(Tuple.from(new Object[] {
                    array(runs, placed -> placed.advance().source().service(), String[]::new),
                    array(runs, placed -> placed.advance().source().instance(), String[]::new),
                    array(runs, placed -> placed.advance().source().boot(), Long[]::new),
                    array(runs, placed -> placed.run().first(), Long[]::new),
                    array(runs, placed -> placed.run().last(), Long[]::new),
                    array(runs, placed -> placed.advance().after().watermark(), Long[]::new),
                    array(runs, placed -> placed.advance().log(), Integer[]::new),
                    array(ends, end -> end.source().service(), String[]::new),
                    array(ends, end -> end.source().instance(), String[]::new),
                    array(ends, end -> end.source().boot(), Long[]::new),
                    array(ends, SourceEnd::lastSequence, Long[]::new),
                    array(runs, Placed::islandFirst, Long[]::new)
                }))
                .replaceWithVoid();
    }

    private static <R, T> T[] array(List<R> rows, Function<R, T> column, IntFunction<T[]> arrays) {
        return rows.stream().map(column).toArray(arrays);
    }

    private record Placed(SourceAdvance advance, NumberRun run) {

        long islandFirst() {
            return advance.after().unbrokenFrom(run.first());
        }
    }
}
