package io.deepsuite.audit.seal;

import io.deepsuite.proof.merkle.Frontier;
import io.deepsuite.proof.merkle.TileRun;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Writes what a batch adds to the logs, as part of the transaction that stores its events. */
@ApplicationScoped
public class LogGrowthStore {

    /** Constraints that a consumer runs into when another one has grown the log meanwhile. */
    public static final List<String> FENCES = List.of("log_tree_pk", "log_tile_pk");

    private static final String SELECT_TREES = """
            SELECT wanted.log, newest.tree_size, newest.peaks
              FROM unnest($1::integer[]) AS wanted (log)
             CROSS JOIN LATERAL (
                SELECT tree_size, peaks FROM log_tree WHERE log = wanted.log ORDER BY first_leaf DESC LIMIT 1) AS newest
            """;

    private static final String INSERT_GROWTH = """
            WITH trees AS (
                INSERT INTO log_tree (log, first_leaf, tree_size, peaks)
                SELECT * FROM unnest($1::integer[], $2::bigint[], $3::bigint[], $4::bytea[])
            )
            INSERT INTO log_tile (log, level, first_hash, hashes)
            SELECT * FROM unnest($5::integer[], $6::integer[], $7::bigint[], $8::bytea[])
            """;

    private final Pool pool;

    LogGrowthStore(Pool pool) {
        this.pool = pool;
    }

    /** How far the logs have come. Logs without a leaf are missing. */
    public Uni<Map<Integer, Frontier>> trees(Collection<Integer> logs) {
        return pool.preparedQuery(SELECT_TREES)
                .execute(Tuple.of(logs.toArray(Integer[]::new)))
                .map(rows -> {
                    Map<Integer, Frontier> trees = new HashMap<>();
                    rows.forEach(row -> trees.put(
                            row.getInteger(0),
                            PackedHashes.frontier(
                                    row.getLong(1), row.getBuffer(2).getBytes())));
                    return trees;
                });
    }

    /** Adds to the logs, in the connection's transaction. */
    public Uni<Void> append(SqlConnection connection, List<LogGrowth> growths) {
        if (growths.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return connection
                .preparedQuery(INSERT_GROWTH)
                .execute(Tuple.from(columns(growths)))
                .replaceWithVoid();
    }

    private static Object[] columns(List<LogGrowth> growths) {
        var runs = growths.stream()
                .flatMap(growth -> growth.runs().stream().map(run -> new PlacedRun(growth.log(), run)))
                .toList();
        return new Object[] {
            array(growths, LogGrowth::log, Integer[]::new),
            array(growths, growth -> growth.before().size(), Long[]::new),
            array(growths, growth -> growth.after().size(), Long[]::new),
            array(
                    growths,
                    growth -> Buffer.buffer(PackedHashes.pack(growth.after().peaks())),
                    Buffer[]::new),
            array(runs, PlacedRun::log, Integer[]::new),
            array(runs, placed -> placed.run().level(), Integer[]::new),
            array(runs, placed -> placed.run().first(), Long[]::new),
            array(runs, placed -> Buffer.buffer(placed.run().packed()), Buffer[]::new)
        };
    }

    private static <R, T> T[] array(List<R> rows, Function<R, T> column, IntFunction<T[]> arrays) {
        return rows.stream().map(column).toArray(arrays);
    }

    private record PlacedRun(int log, TileRun run) {}
}
