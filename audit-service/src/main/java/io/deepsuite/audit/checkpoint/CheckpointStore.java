package io.deepsuite.audit.checkpoint;

import io.deepsuite.audit.database.DatabaseFailureStore;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps the checkpoints that have been published. Waits for the database: for virtual threads. */
@ApplicationScoped
public class CheckpointStore {

    private static final String INSERT = """
        INSERT INTO log_checkpoint (log, tree_size, note) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING
        """;

    /** With the cosignatures that witnesses have added since: they are lines below the others. */
    private static final String SELECT_PAGE = """
        SELECT p.tree_size,
               p.note || coalesce((SELECT string_agg(c.line, '' ORDER BY c.witness) FROM log_cosignature c
                                    WHERE c.log = p.log AND c.tree_size = p.tree_size), ''),
               p.signed_at
          FROM log_checkpoint p
         WHERE p.log = $1 AND p.tree_size <= $2 ORDER BY p.tree_size DESC LIMIT $3
        """;

    private static final String SELECT_COSIGNED = """
        SELECT tree_size FROM log_cosignature
         WHERE log = $1 GROUP BY tree_size HAVING count(*) >= $2 ORDER BY tree_size DESC LIMIT 1
        """;

    /** Never more than so many between two sizes, evenly: one for each step of the size. */
    private static final String SELECT_BETWEEN = """
        SELECT DISTINCT ON (tree_size / $4::bigint) tree_size, note, signed_at FROM log_checkpoint
         WHERE log = $1 AND tree_size > $2 AND tree_size < $3 ORDER BY tree_size / $4::bigint, tree_size
        """;

    /** Steps from log to log along the primary key. */
    private static final String SELECT_LOGS = """
        WITH RECURSIVE logs AS (
            SELECT min(log) AS log FROM log_checkpoint
             UNION ALL
            SELECT (SELECT min(p.log) FROM log_checkpoint p WHERE p.log > logs.log) FROM logs WHERE logs.log IS NOT NULL
        )
        SELECT log FROM logs WHERE log IS NOT NULL ORDER BY log
        """;

    private final Pool pool;
    private final CheckpointConfig config;

    CheckpointStore(Pool pool, CheckpointConfig config) {
        this.pool = pool;
        this.config = config;
    }

    /**
     * A checkpoint with the time it was stored.
     *
     * @param signedAt by the clock of the database (UTC)
     */
    public record Stored(SignedCheckpoint signed, Instant signedAt) {}

    void insert(int log, SignedCheckpoint signed) {
        await(pool.preparedQuery(INSERT).execute(Tuple.of(log, signed.size(), signed.note())));
    }

    /** All logs that have a checkpoint, by number. */
    public List<Integer> logs() {
        return await(pool.query(SELECT_LOGS).execute()).stream()
                .map(row -> row.getInteger(0))
                .toList();
    }

    /** The largest checkpoint of a log. */
    public Optional<Stored> newest(int log) {
        return page(log, Long.MAX_VALUE, 1).stream().findFirst();
    }

    /**
     * The largest checkpoint of a log that so many witnesses have co-signed.
     *
     * @param witnesses how many, from 1
     */
    public Optional<Stored> newestCosigned(int log, int witnesses) {
        return await(pool.preparedQuery(SELECT_COSIGNED).execute(Tuple.of(log, witnesses))).stream()
                .map(row -> row.getLong(0))
                .findFirst()
                .flatMap(size -> page(log, size, 1).stream().findFirst());
    }

    /**
     * Checkpoints, largest first.
     *
     * @param largest size to begin with
     * @param limit how many at most
     */
    public List<Stored> page(int log, long largest, int limit) {
        return read(pool.preparedQuery(SELECT_PAGE).execute(Tuple.of(log, largest, limit)));
    }

    /**
     * Some checkpoints between two sizes, smallest first.
     *
     * @param most how many at most, about
     */
    public List<Stored> between(int log, long from, long to, int most) {
        long step = Math.max(1, (to - from) / most);
        return read(pool.preparedQuery(SELECT_BETWEEN).execute(Tuple.of(log, from, to, step)));
    }

    private List<Stored> read(Uni<RowSet<Row>> answer) {
        return await(answer).stream()
                .map(row -> new Stored(
                        SignedCheckpoint.parse(row.getString(1)),
                        row.getOffsetDateTime(2).toInstant()))
                .toList();
    }

    private <T> T await(Uni<T> answer) {
        return DatabaseFailureStore.await(answer, config.timeout());
    }
}
