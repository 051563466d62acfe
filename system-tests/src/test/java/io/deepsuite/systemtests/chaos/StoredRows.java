package io.deepsuite.systemtests.chaos;

import io.deepsuite.devstack.kafka.KafkaSetup;
import io.deepsuite.systemtests.chaos.Ledger.Told;
import io.deepsuite.systemtests.suite.Suite;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the audit database holds, read past the service that wrote it. */
final class StoredRows implements AutoCloseable {

    private final Connection connection;

    StoredRows(Suite suite) throws SQLException {
        this.connection = suite.databases()
                .connect("audit_service", "audit_service_owner", suite.stack().identity("platform"));
    }

    /**
     * A row of an event.
     *
     * @param phase INTENT or OUTCOME
     */
    record Row(String id, String phase, String action, String outcome, String reason) {

        /** Whether it is about the call, and says what its caller was told. */
        boolean saysThatOf(Told told) {
            return action.equals(told.action()) && outcome.equals(told.outcome()) && reason.equals(told.reason());
        }
    }

    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Rows of the calls whose request id begins so, by request id. */
    Map<String, List<Row>> byRequest(String prefix) throws SQLException {
        var all = new HashMap<String, List<Row>>();
        query(
                "SELECT request_id, id::text, phase, action, outcome, reason FROM audit_event WHERE"
                        + " starts_with(request_id, ?)",
                row -> all.computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
                        .add(new Row(
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                row.getString(6))),
                prefix);
        return all;
    }

    /** Events that are there more than once, and events without a key or with a foreign one. */
    List<String> repeated() throws SQLException {
        var faults = new ArrayList<>(query(
                "SELECT id::text || ' ' || phase FROM audit_event GROUP BY id, phase HAVING count(*) > 1",
                row -> "twice " + row.getString(1)));
        faults.addAll(query(
                "SELECT coalesce(e.id, k.id)::text FROM audit_event e FULL JOIN audit_event_key k USING"
                        + " (occurred_at, id, phase) WHERE e.id IS NULL OR k.id IS NULL",
                row -> "row and key differ " + row.getString(1)));
        return faults;
    }

    long count() throws SQLException {
        return query("SELECT count(*) FROM audit_event", row -> row.getLong(1)).getFirst();
    }

    /** Partitions of which less is stored than the topic has. */
    List<String> behind(Map<Integer, Long> ends) throws SQLException {
        var positions = new HashMap<Integer, Long>();
        query(
                "SELECT topic_partition, max(next_offset) FROM ingest_batch WHERE topic = ? GROUP BY topic_partition",
                row -> positions.put(row.getInt(1), row.getLong(2)),
                KafkaSetup.AUDIT_TOPIC);
        return ends.entrySet().stream()
                .filter(end -> positions.getOrDefault(end.getKey(), 0L) < end.getValue())
                .map(end -> "partition %d: stored to %d of %d"
                        .formatted(end.getKey(), positions.getOrDefault(end.getKey(), 0L), end.getValue()))
                .toList();
    }

    /** Records of the topic that are stored, or put aside, over all partitions. */
    long stored() throws SQLException {
        return query(
                        "SELECT coalesce(sum(position), 0) FROM (SELECT max(next_offset) AS position FROM ingest_batch"
                                + " WHERE topic = ? GROUP BY topic_partition) AS positions",
                        row -> row.getLong(1),
                        KafkaSetup.AUDIT_TOPIC)
                .getFirst();
    }

    /** Sessions of the audit service. */
    long sessions() throws SQLException {
        return query("SELECT count(*) FROM pg_stat_activity WHERE usename = 'audit_service'", row -> row.getLong(1))
                .getFirst();
    }

    /** Leaves of each log. */
    Map<Integer, Long> treeSizes() throws SQLException {
        var sizes = new HashMap<Integer, Long>();
        query("SELECT log, max(tree_size) FROM log_tree GROUP BY log", row -> sizes.put(row.getInt(1), row.getLong(2)));
        return sizes;
    }

    private <T> List<T> query(String sql, Reader<T> reader, Object... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            var all = new ArrayList<T>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    all.add(reader.read(rows));
                }
            }
            return all;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
