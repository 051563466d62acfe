package io.deepsuite.archive.cold;

import io.deepsuite.archive.cold.Manifest.ArchivedRun;
import io.deepsuite.proof.merkle.Tile;
import io.deepsuite.proof.merkle.TileSource;
import io.deepsuite.proof.merkle.TreeHash;
import io.deepsuite.proof.note.Checkpoint;
import io.deepsuite.proof.note.SignedNote;
import java.io.ByteArrayOutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads a month and the logs for the archive, all from one snapshot, and records what was archived. */
public final class ColdStore implements AutoCloseable {

    private static final String SELECT_LISTED = """
            SELECT to_char(a.month, 'YYYY-MM'), a.event_count, a.location, m.name IS NOT NULL,
                   (SELECT max(r.keep_until) FROM restored_month r WHERE r.month = a.month) AT TIME ZONE 'UTC'
              FROM archived_month a
              LEFT JOIN audit_event_months() m ON m.begins = a.month::timestamp AT TIME ZONE 'UTC'
             ORDER BY a.month
            """;

    private static final String SELECT_DIGEST = "SELECT manifest_sha256 FROM archived_month WHERE month = ?::date";

    /** Records of the month whose leaves some runs cover, by tenant. */
    private static final String SELECT_TENANTS = """
            SELECT e.tenant, count(*)
              FROM audit_event e
              JOIN audit_event_key k USING (occurred_at, id, phase)
              JOIN unnest(?::integer[], ?::bigint[], ?::bigint[]) AS r (log, first, last)
                ON k.topic_partition = r.log AND k.leaf_index >= r.first AND k.leaf_index < r.last
             WHERE e.occurred_at >= ?::timestamptz AND e.occurred_at < ?::timestamptz
             GROUP BY e.tenant
            """;

    private static final String COUNT_UNSEALED = """
            SELECT count(*) FROM audit_event e LEFT JOIN audit_event_key k USING (occurred_at, id, phase)
             WHERE e.occurred_at >= ?::timestamptz AND e.occurred_at < ?::timestamptz AND k.leaf_index IS NULL
            """;

    /** What the keys say, not what the table has: a row that is gone must show. */
    private static final String SELECT_RUNS = """
            SELECT r.log, r.first, r.last + 1, r.events, c.tree_size, c.note
              FROM (SELECT topic_partition AS log, min(leaf_index) AS first, max(leaf_index) AS last, count(*) AS events
                      FROM audit_event_key
                     WHERE occurred_at >= ?::timestamptz AND occurred_at < ?::timestamptz AND leaf_index IS NOT NULL
                     GROUP BY topic_partition) AS r
              LEFT JOIN LATERAL (SELECT tree_size, note FROM log_checkpoint
                                  WHERE log = r.log AND tree_size > r.last ORDER BY tree_size LIMIT 1) AS c ON true
             ORDER BY r.log
            """;

    private static final String SELECT_LEAVES = """
            SELECT k.leaf_index, k.occurred_at >= ?::timestamptz AND k.occurred_at < ?::timestamptz, e.event
              FROM audit_event_key k
              LEFT JOIN audit_event e ON e.occurred_at = k.occurred_at AND e.id = k.id AND e.phase = k.phase
             WHERE k.topic_partition = ? AND k.leaf_index >= ? AND k.leaf_index < ?
             ORDER BY k.leaf_index
            """;

    private static final String SELECT_HASHES = """
            SELECT first_hash, hashes FROM log_tile
             WHERE log = ? AND level = ? AND first_hash >= ? AND first_hash < ? ORDER BY first_hash
            """;

    private static final String SELECT_CHECKPOINT = "SELECT note FROM log_checkpoint WHERE log = ? AND tree_size = ?";

    private static final String INSERT_ARCHIVED =
            "INSERT INTO archived_month (month, location, manifest_sha256, event_count) VALUES (?::date, ?, ?, ?)";

    private final OwnerStore connection;
    private String begins = "";
    private String ends = "";

    private ColdStore(OwnerStore connection) {
        this.connection = connection;
    }

    /**
     * Connects.
     *
     * @param url address for JDBC, with the role
     * @throws ArchiveException if the database does not answer
     */
    public static ColdStore open(String url) {
        return new ColdStore(OwnerStore.open(url));
    }

    /** Months that are in the archive. */
    public List<YearMonth> archived() {
        return list().stream().map(Listed::month).toList();
    }

    /**
     * A month of the archive.
     *
     * @param events events of the archive
     * @param stored whether it is in the store, too
     * @param keepUntil when a month that was brought back may leave again; empty for others
     */
    public record Listed(YearMonth month, long events, String location, boolean stored, Optional<Instant> keepUntil) {}

    /** Months that are in the archive, the oldest first. */
    public List<Listed> list() {
        var listed = query(
                SELECT_LISTED,
                row -> new Listed(
                        YearMonth.parse(row.getString(1)),
                        row.getLong(2),
                        row.getString(3),
                        row.getBoolean(4),
                        Optional.ofNullable(row.getObject(5, LocalDateTime.class))
                                .map(time -> time.toInstant(ZoneOffset.UTC))));
        end();
        return listed;
    }

    /**
     * SHA-256 of the manifest of an archived month.
     *
     * @throws ArchiveException if the month was not archived
     */
    byte[] digest(YearMonth month) {
        return query(SELECT_DIGEST, row -> row.getBytes(1), month.atDay(1).toString()).stream()
                .findFirst()
                .orElseThrow(() -> new ArchiveException("month " + month + " is not in the archive"));
    }

    /** Whose records of the month are in runs, and how many. */
    Map<String, Long> tenants(List<ArchivedRun> runs) {
        return query(
                        SELECT_TENANTS,
                        row -> Map.entry(row.getString(1), row.getLong(2)),
                        runs.stream().map(ArchivedRun::log).toArray(Integer[]::new),
                        runs.stream().map(ArchivedRun::from).toArray(Long[]::new),
                        runs.stream().map(ArchivedRun::to).toArray(Long[]::new),
                        begins,
                        ends)
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Begins to read a month; until {@link #end} everything is of one moment. */
    void begin(YearMonth month) {
        begins = month.atDay(1) + "T00:00:00Z";
        ends = month.plusMonths(1).atDay(1) + "T00:00:00Z";
    }

    /** Ends the moment. */
    void end() {
        connection.rollback();
    }

    /** Events of the month that have no place in a log. */
    long unsealed() {
        return query(COUNT_UNSEALED, row -> row.getLong(1), begins, ends).getFirst();
    }

    /**
     * From the first to the last event of the month, by log.
     *
     * @throws ArchiveException if no checkpoint covers a run yet
     */
    List<ArchivedRun> runs() {
        return query(SELECT_RUNS, ColdStore::run, begins, ends);
    }

    /** The leaves from one to another, in order; each place has one. */
    List<Leaf> leaves(int log, long from, long to) {
        var stored = query(SELECT_LEAVES, ColdStore::leaf, begins, ends, log, from, to)
                .iterator();
        var leaves = new ArrayList<Leaf>();
        Optional<Leaf> next = stored.hasNext() ? Optional.of(stored.next()) : Optional.empty();
        for (long place = from; place < to; place++) {
            if (next.isPresent() && next.get().index() == place) {
                leaves.add(next.get());
                next = stored.hasNext() ? Optional.of(stored.next()) : Optional.empty();
            } else {
                leaves.add(new Leaf.Lost(place));
            }
        }
        return leaves;
    }

    /**
     * Leaf hashes as they were sealed.
     *
     * @throws ArchiveException if one is missing
     */
    List<TreeHash> sealed(int log, long from, long to) {
        byte[] packed = hashes(log, 0, from, to);
        if (packed.length < (to - from) * TreeHash.LENGTH) {
            throw new ArchiveException("log %d: %d leaf hashes from leaf %d on (expected: %d)"
                    .formatted(log, packed.length / TreeHash.LENGTH, from, to - from));
        }
        var leaves = new ArrayList<TreeHash>();
        for (int i = 0; i < packed.length / TreeHash.LENGTH; i++) {
            leaves.add(TreeHash.at(packed, i));
        }
        return leaves;
    }

    /** Tiles of a log. */
    TileSource tiles(int log) {
        return (level, index, width) -> {
            byte[] packed = hashes(log, level, index * Tile.WIDTH, (index + 1) * Tile.WIDTH);
            if (packed.length < width * TreeHash.LENGTH) {
                throw new ArchiveException("log %d, tile %d/%d: %d hashes (expected: at least %d)"
                        .formatted(log, level, index, packed.length / TreeHash.LENGTH, width));
            }
            return Tile.of(packed);
        };
    }

    /** Signed note of a checkpoint. */
    String checkpoint(int log, long size) {
        return query(SELECT_CHECKPOINT, row -> row.getString(1), log, size).getFirst();
    }

    /** Remembers that a month is in the archive. */
    void record(YearMonth month, String location, byte[] manifest, long events) {
        end();
        try {
            connection.execute(INSERT_ARCHIVED, month.atDay(1).toString(), location, manifest, events);
            connection.commit();
        } catch (SQLException e) {
            throw OwnerStore.failed(e);
        }
    }

    @Override
    public void close() {
        connection.close();
    }

    private byte[] hashes(int log, int level, long from, long to) {
        var packed = new ByteArrayOutputStream();
        for (var run : query(SELECT_HASHES, row -> new Hashes(row.getLong(1), row.getBytes(2)), log, level, from, to)) {
            if (run.first() != from + packed.size() / TreeHash.LENGTH) {
                break; // what follows a hole is of no use
            }
            packed.writeBytes(run.packed());
        }
        return packed.toByteArray();
    }

    private static ArchivedRun run(ResultSet row) throws SQLException {
        int log = row.getInt(1);
        var note = row.getString(6);
        if (note == null) {
            throw new ArchiveException("log %d: no checkpoint covers leaf %d yet".formatted(log, row.getLong(3) - 1));
        }
        var checkpoint = Checkpoint.parse(SignedNote.parse(note).text());
        return new ArchivedRun(
                log, checkpoint.origin(), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5));
    }

    private static Leaf leaf(ResultSet row) throws SQLException {
        long index = row.getLong(1);
        if (!row.getBoolean(2)) {
            return new Leaf.OfAnother(index);
        }
        byte[] event = row.getBytes(3);
        return event == null ? new Leaf.Lost(index) : new Leaf.OfMonth(index, event);
    }

    private <T> List<T> query(String sql, Reader<T> reader, Object... values) {
        try (var statement = connection.prepareStatement(sql, values);
                var rows = statement.executeQuery()) {
            var read = new ArrayList<T>();
            while (rows.next()) {
                read.add(reader.read(rows));
            }
            return read;
        } catch (SQLException e) {
            throw OwnerStore.failed(e);
        }
    }

    /** A place of a log, as the month sees it. */
    sealed interface Leaf {
        /** Leaf index. */
        long index();

        /** An event of the month. */
        @SuppressWarnings("ArrayRecordComponent") // never compared
        record OfMonth(long index, byte[] bytes) implements Leaf {}

        /** An event of another month. */
        record OfAnother(long index) implements Leaf {}

        /** An event that the store no longer has. */
        record Lost(long index) implements Leaf {}
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Hashes(long first, byte[] packed) {}

    /** Reads a row. */
    @FunctionalInterface
    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }
}
