package io.deepsuite.archive.cold;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/** A connection to the audit store as its owner: one transaction after the other, each begun by its first statement. */
final class OwnerStore implements AutoCloseable {

    private final Connection connection;

    private OwnerStore(Connection connection) {
        this.connection = connection;
    }

    /**
     * Connects; each transaction sees the store as it was when it began.
     *
     * @param url address for JDBC, with the role
     * @throws ArchiveException if the database does not answer
     */
    static OwnerStore open(String url) {
        return open(url, "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ");
    }

    /**
     * Connects, to change tables.
     *
     * @param url address for JDBC, with the role
     * @param lockTimeout longest to wait for a lock; whoever stands behind it in the queue waits as long
     * @throws ArchiveException if the database does not answer
     */
    static OwnerStore open(String url, Duration lockTimeout) {
        return open(url, "SET lock_timeout = " + lockTimeout.toMillis());
    }

    private static OwnerStore open(String url, String setting) {
        try {
            var store = new OwnerStore(DriverManager.getConnection(url));
            try {
                store.connection.setAutoCommit(false);
                store.execute(setting);
                store.commit();
                return store;
            } catch (SQLException e) {
                store.close();
                throw e;
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** A statement with these values, to be closed by the caller. */
    PreparedStatement prepareStatement(String sql, Object... values) throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    /** Runs a statement. @return rows that it changed */
    long execute(String sql, Object... values) throws SQLException {
        try (var statement = prepareStatement(sql, values)) {
            statement.execute();
            return Math.max(0, statement.getUpdateCount());
        }
    }

    /** Ends the transaction; what it did stays. */
    void commit() throws SQLException {
        connection.commit();
    }

    /** Ends the transaction as if it had not been. @throws ArchiveException if the database does not answer */
    void rollback() {
        try {
            connection.rollback();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** What the database said. */
    static ArchiveException failed(SQLException e) {
        return new ArchiveException("audit store: %s (SQLSTATE %s)".formatted(e.getMessage(), e.getSQLState()), e);
    }
}
