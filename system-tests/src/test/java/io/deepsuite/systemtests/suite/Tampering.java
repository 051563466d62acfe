package io.deepsuite.systemtests.suite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/** What the owner of the audit database can do to it, and undo. Switches the guards off, and on again with everything as it was. */
public final class Tampering implements AutoCloseable {

    private static final List<String> TABLES = List.of("audit_event", "audit_event_key", "log_tree", "log_tile");

    private final Connection owner;
    private final List<Undo> undo = new ArrayList<>();

    Tampering(Connection owner) throws SQLException {
        this.owner = owner;
        for (var table : TABLES) {
            update("ALTER TABLE " + table + " DISABLE TRIGGER USER");
        }
    }

    private interface Undo {
        void run() throws SQLException;
    }

    /**
     * A sealed event.
     *
     * @param log number of its log
     * @param leaf its place there
     */
    public record Leaf(int log, long leaf) {}

    /** Places of the events of an instance, in their order. */
    public List<Leaf> leaves(String instance) throws SQLException {
        try (var select = prepare(
                        "SELECT topic_partition, leaf_index FROM audit_event_key WHERE instance = ? ORDER BY"
                                + " leaf_index",
                        instance);
                var rows = select.executeQuery()) {
            var leaves = new ArrayList<Leaf>();
            while (rows.next()) {
                leaves.add(new Leaf(rows.getInt(1), rows.getLong(2)));
            }
            return leaves;
        }
    }

    /** Bytes of an event. */
    public byte[] event(Leaf leaf) throws SQLException {
        return single(
                "SELECT e.event FROM audit_event e JOIN audit_event_key k USING (occurred_at, id, phase)"
                        + " WHERE k.topic_partition = ? AND k.leaf_index = ?",
                leaf.log(),
                leaf.leaf());
    }

    /** Writes other bytes into an event's row. */
    public void change(Leaf leaf, byte[] bytes) throws SQLException {
        var before = event(leaf);
        write(leaf, bytes);
        undo.addFirst(() -> write(leaf, before));
    }

    /** Deletes the rows of an event: its own, and its key. */
    public void delete(Leaf leaf) throws SQLException {
        var backup = "undo_" + undo.size();
        update(
                "CREATE TEMP TABLE " + backup + "_event AS SELECT e.* FROM audit_event e JOIN audit_event_key k"
                        + " USING (occurred_at, id, phase) WHERE k.topic_partition = ? AND k.leaf_index = ?",
                leaf.log(),
                leaf.leaf());
        update(
                "CREATE TEMP TABLE " + backup
                        + "_key AS SELECT * FROM audit_event_key WHERE topic_partition = ? AND leaf_index = ?",
                leaf.log(),
                leaf.leaf());
        update(
                "DELETE FROM audit_event e USING audit_event_key k WHERE e.occurred_at = k.occurred_at AND e.id = k.id"
                        + " AND e.phase = k.phase AND k.topic_partition = ? AND k.leaf_index = ?",
                leaf.log(),
                leaf.leaf());
        update("DELETE FROM audit_event_key WHERE topic_partition = ? AND leaf_index = ?", leaf.log(), leaf.leaf());
        undo.addFirst(() -> {
            update("INSERT INTO audit_event SELECT * FROM " + backup + "_event");
            update("INSERT INTO audit_event_key SELECT * FROM " + backup + "_key");
        });
    }

    /** Deletes an event, and has the store say that it is in the archive of a month: what an owner might do to hide that. */
    public void callArchived(Leaf leaf, YearMonth month) throws SQLException {
        var function = text("SELECT pg_get_functiondef('audit_event_archived_in'::regproc)");
        var backup = "undo_" + undo.size() + "_event";
        update(
                "CREATE TEMP TABLE " + backup + " AS SELECT e.* FROM audit_event e JOIN audit_event_key k"
                        + " USING (occurred_at, id, phase) WHERE k.topic_partition = ? AND k.leaf_index = ?",
                leaf.log(),
                leaf.leaf());
        update("DELETE FROM audit_event WHERE (occurred_at, id, phase) IN (SELECT occurred_at, id, phase FROM " + backup
                + ")");
        update("CREATE OR REPLACE FUNCTION audit_event_archived_in(wanted_log integer, leaf bigint, occurred_at"
                + " timestamptz)"
                + " RETURNS date LANGUAGE sql STABLE AS 'SELECT ''%s''::date'".formatted(month.atDay(1)));
        undo.addFirst(() -> {
            update(function);
            update("INSERT INTO audit_event SELECT * FROM " + backup);
        });
    }

    /** The newest size of a log. */
    public long size(int log) throws SQLException {
        try (var select = prepare("SELECT max(tree_size) FROM log_tree WHERE log = ?", log);
                var row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** All hashes of a level of a log, one behind the other. */
    public byte[] hashes(int log, int level) throws SQLException {
        return single(
                "SELECT string_agg(hashes, ''::bytea ORDER BY first_hash) FROM log_tile WHERE log = ? AND level = ?",
                log,
                level);
    }

    /** Replaces the hashes of a level of a log, row by row as they are. */
    public void replaceHashes(int log, int level, byte[] packed) throws SQLException {
        var before = hashes(log, level);
        writeHashes(log, level, packed);
        undo.addFirst(() -> writeHashes(log, level, before));
    }

    /** Replaces what the newest row of a log remembers. */
    public void replacePeaks(int log, long size, byte[] peaks) throws SQLException {
        byte[] before = single("SELECT peaks FROM log_tree WHERE log = ? AND tree_size = ?", log, size);
        update("UPDATE log_tree SET peaks = ? WHERE log = ? AND tree_size = ?", peaks, log, size);
        undo.addFirst(() -> update("UPDATE log_tree SET peaks = ? WHERE log = ? AND tree_size = ?", before, log, size));
    }

    private void writeHashes(int log, int level, byte[] packed) throws SQLException {
        update(
                "UPDATE log_tile SET hashes = substring(?::bytea FROM (first_hash * 32 + 1)::integer FOR"
                        + " octet_length(hashes)) WHERE log = ? AND level = ? AND (first_hash * 32 + octet_length(hashes))"
                        + " <= ?",
                packed,
                log,
                level,
                packed.length);
    }

    private void write(Leaf leaf, byte[] bytes) throws SQLException {
        update(
                "UPDATE audit_event e SET event = ? FROM audit_event_key k"
                        + " WHERE e.occurred_at = k.occurred_at AND e.id = k.id AND e.phase = k.phase"
                        + " AND k.topic_partition = ? AND k.leaf_index = ?",
                bytes,
                leaf.log(),
                leaf.leaf());
    }

    private byte[] single(String sql, Object... values) throws SQLException {
        try (var select = prepare(sql, values);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getBytes(1);
        }
    }

    private String text(String sql) throws SQLException {
        try (var select = prepare(sql);
                var row = select.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }

    private void update(String sql, Object... values) throws SQLException {
        try (var statement = prepare(sql, values)) {
            statement.executeUpdate();
        }
    }

    private PreparedStatement prepare(String sql, Object... values) throws SQLException {
        var statement = owner.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    @Override
    public void close() throws SQLException {
        try (owner) {
            for (var step : undo) {
                step.run();
            }
            for (var table : TABLES) {
                update("ALTER TABLE " + table + " ENABLE TRIGGER USER");
            }
        }
    }
}
