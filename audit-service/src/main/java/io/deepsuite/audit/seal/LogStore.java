package io.deepsuite.audit.seal;

import io.deepsuite.audit.database.DatabaseFailureStore;
import io.deepsuite.proof.merkle.Tile;
import io.deepsuite.proof.merkle.TileSource;
import io.deepsuite.proof.merkle.TiledTree;
import io.deepsuite.proof.merkle.TreeHash;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the logs' trees. Waits for the database: for virtual threads. */
@ApplicationScoped
public class LogStore {

    /** Steps from log to log along the primary key; {@code DISTINCT} would read every batch there ever was. */
    private static final String SELECT_HEADS = """
            WITH RECURSIVE logs AS (
                SELECT min(log) AS log FROM log_tree
                 UNION ALL
                SELECT (SELECT min(t.log) FROM log_tree t WHERE t.log > logs.log) FROM logs WHERE logs.log IS NOT NULL
            )
            SELECT logs.log, newest.tree_size, newest.peaks
              FROM logs
             CROSS JOIN LATERAL (
                SELECT tree_size, peaks FROM log_tree WHERE log = logs.log ORDER BY first_leaf DESC LIMIT 1) AS newest
             WHERE logs.log IS NOT NULL
             ORDER BY logs.log
            """;

    private static final String SELECT_HEAD =
            "SELECT tree_size, peaks FROM log_tree WHERE log = $1 ORDER BY first_leaf DESC LIMIT 1";

    private static final String SELECT_HASHES = """
            SELECT first_hash, hashes FROM log_tile
             WHERE log = $1 AND level = $2 AND first_hash >= $3 AND first_hash < $4 ORDER BY first_hash
            """;

    private final Pool pool;
    private final SealConfig config;

    LogStore(Pool pool, SealConfig config) {
        this.pool = pool;
        this.config = config;
    }

    /** All logs that have a leaf, by number. */
    public List<LogHead> heads() {
        return DatabaseFailureStore.await(
                pool.query(SELECT_HEADS)
                        .execute()
                        .map(rows -> rows.stream()
                                .map(row -> new LogHead(
                                        row.getInteger(0),
                                        PackedHashes.frontier(
                                                row.getLong(1), row.getBuffer(2).getBytes())))
                                .toList()),
                config.timeout());
    }

    /** How far a log has come by now; empty when it has no leaf. */
    public Optional<LogHead> head(int log) {
        return DatabaseFailureStore.await(
                pool.preparedQuery(SELECT_HEAD)
                        .execute(Tuple.of(log))
                        .map(rows -> rows.stream()
                                .map(row -> new LogHead(
                                        log,
                                        PackedHashes.frontier(
                                                row.getLong(0), row.getBuffer(1).getBytes())))
                                .findFirst()),
                config.timeout());
    }

    /**
     * The log's tree at a size that it has, or had.
     *
     * @throws LogDamagedException from the tree's methods, when hashes that they need are missing
     */
    public TiledTree tree(int log, long size) {
        return new TiledTree(size, tiles(log));
    }

    /**
     * Leaf hashes as they were sealed.
     *
     * @param from first leaf, a multiple of {@link Tile#WIDTH}
     * @param to behind the last leaf
     * @return as many as there are without a hole from the first on
     */
    public List<TreeHash> leaves(int log, long from, long to) {
        byte[] packed = hashes(log, 0, from, to);
        List<TreeHash> leaves = new ArrayList<>(packed.length / TreeHash.LENGTH);
        for (int i = 0; i < packed.length / TreeHash.LENGTH; i++) {
            leaves.add(TreeHash.at(packed, i));
        }
        return leaves;
    }

    /** Tiles of one log; remembers what it has read. */
    private TileSource tiles(int log) {
        Map<String, Tile> read = new HashMap<>();
        return (level, index, width) -> {
            var known = read.get(level + "/" + index);
            if (known != null && known.width() >= width) {
                return known;
            }
            byte[] packed = hashes(log, level, index * Tile.WIDTH, (index + 1) * Tile.WIDTH);
            if (packed.length < width * TreeHash.LENGTH) {
                throw new LogDamagedException(
                        log,
                        "log %d, tile %d/%d: %d hashes (expected: at least %d)"
                                .formatted(log, level, index, packed.length / TreeHash.LENGTH, width));
            }
            var tile = Tile.of(packed);
            read.put(level + "/" + index, tile);
            return tile;
        };
    }

    private byte[] hashes(int log, int level, long from, long to) {
        return DatabaseFailureStore.await(
                pool.preparedQuery(SELECT_HASHES)
                        .execute(Tuple.of(log, level, from, to))
                        .map(rows -> {
                            var packed = new ByteArrayOutputStream();
                            for (var row : rows) {
                                if (row.getLong(0) != from + packed.size() / TreeHash.LENGTH) {
                                    break; // what follows a hole is of no use
                                }
                                packed.writeBytes(row.getBuffer(1).getBytes());
                            }
                            return packed.toByteArray();
                        }),
                config.timeout());
    }
}
