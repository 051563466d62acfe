package io.deepsuite.bench.audit;

import io.deepsuite.devstack.Stack;
import io.deepsuite.devstack.layout.Port;
import io.deepsuite.devstack.layout.Ports;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The audit database, as its owner. */
public final class Store {

    private static final Duration BOUND = Duration.ofMinutes(6);
    private static final Duration STEP = Duration.ofMillis(20);

    private final String url;

    /** The database of a stack. */
    public Store(Stack stack, Ports ports) {
        var platform = stack.identity("platform");
        url =
                "jdbc:postgresql://127.0.0.1:%d/audit_service?user=audit_service_owner&sslmode=verify-full&sslrootcert=%s&sslcert=%s&sslkey=%s&pemKeyAlgorithm=EC"
                        .formatted(
                                ports.of(Port.POSTGRES), platform.authority(), platform.certificate(), platform.key());
    }

    /** Where it is, with everything that a driver needs to get in. */
    public String url() {
        return url;
    }

    /** Runs statements one after the other in one session. */
    public void execute(String... statements) throws SQLException {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** A value of the server. */
    public String show(String setting) throws SQLException {
        try (var connection = DriverManager.getConnection(url);
                var row = connection.createStatement().executeQuery("SHOW " + setting)) {
            row.next();
            return row.getString(1);
        }
    }

    /** How many indexes a table has. */
    int indexes(String table) throws SQLException {
        try (var connection = DriverManager.getConnection(url);
                var query = connection.prepareStatement(
                        "SELECT count(*) FROM pg_index WHERE indrelid = CAST(? AS regclass)")) {
            query.setString(1, table);
            return count(query);
        }
    }

    /** Waits until audit-service has taken keys from their topic. */
    void awaitKeys(List<UUID> keys) throws SQLException, InterruptedException {
        try (var connection = DriverManager.getConnection(url);
                var query = connection.prepareStatement("SELECT count(*) FROM subject_key WHERE key_id = ANY (?)")) {
            query.setArray(1, connection.createArrayOf("uuid", keys.toArray()));
            long end = System.nanoTime() + BOUND.toNanos();
            while (count(query) < keys.size()) {
                pause(end);
            }
        }
    }

    private static int count(PreparedStatement query) throws SQLException {
        try (var row = query.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    /**
     * Waits until a table has the first event of a round, then until it has the last one of each partition.
     *
     * @param probe a query by id with one parameter
     * @return events a second in between
     * @throws IllegalStateException when there is nothing in between
     */
    double follow(SampleEvents events, String probe) throws SQLException, InterruptedException {
        try (var connection = DriverManager.getConnection(url)) {
            long end = System.nanoTime() + BOUND.toNanos();
            while (count(connection, probe, events, 0) == 0) {
                pause(end);
            }
            long first = System.nanoTime();
            if (count(connection, probe, events, events.perPartition() - 1) > 0) {
                throw new IllegalStateException(
                        "the last event of a partition is stored with the first one: not a measurement (expected: an empty store, and more events)");
            }
            while (count(connection, probe, events, events.perPartition() - 1) < SampleEvents.PARTITIONS) {
                pause(end);
            }
            return (double) SampleEvents.PARTITIONS * events.perPartition() / (System.nanoTime() - first) * 1e9;
        }
    }

    private static int count(Connection connection, String probe, SampleEvents events, int number) throws SQLException {
        int found = 0;
        try (var query = connection.prepareStatement(probe)) {
            for (int partition = 0; partition < SampleEvents.PARTITIONS; partition++) {
                UUID id = events.id(partition, number);
                query.setObject(1, id);
                try (var rows = query.executeQuery()) {
                    found += rows.next() ? 1 : 0;
                }
            }
        }
        return found;
    }

    private static void pause(long end) throws InterruptedException {
        if (System.nanoTime() > end) {
            throw new IllegalStateException("not stored within " + BOUND);
        }
        TimeUnit.NANOSECONDS.sleep(STEP.toNanos());
    }
}
