package io.deepsuite.archive.month;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/** Reads and makes partitions, as their owner. */
public final class MonthStore implements AutoCloseable {

    private static final String SELECT_MONTHS = "SELECT begins AT TIME ZONE 'UTC' FROM audit_event_months()";
    private static final String ADD_MONTH = "SELECT audit_event_add_month(?::date)";
    private static final String COUNT_STRAYS = "SELECT count(*) FROM audit_event_default";

    private final Connection connection;

    private MonthStore(Connection connection) {
        this.connection = connection;
    }

    /**
     * Connects.
     *
     * @param url address for JDBC, with the role
     * @param lockTimeout longest to wait for a lock; whoever stands behind it in the queue waits as long
     * @throws MonthException if the database does not answer
     */
    public static MonthStore open(String url, Duration lockTimeout) {
        try {
            var connection = DriverManager.getConnection(url);
            try (var statement = connection.createStatement()) {
                statement.execute("SET lock_timeout = " + lockTimeout.toMillis());
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
            return new MonthStore(connection);
        } catch (SQLException e) {
            throw new MonthException("no connection", e);
        }
    }

    /** Months that have a partition, oldest first. */
    public List<YearMonth> months() {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(SELECT_MONTHS)) {
            var months = new ArrayList<YearMonth>();
            while (rows.next()) {
                months.add(YearMonth.from(rows.getObject(1, LocalDateTime.class)));
            }
            return months;
        } catch (SQLException e) {
            throw new MonthException("months not read", e);
        }
    }

    /** Adds a month, in a transaction of its own. Events that had come for it before move there. */
    public void add(YearMonth month) {
        try (var statement = connection.prepareStatement(ADD_MONTH)) {
            statement.setString(1, month.atDay(1).toString());
            statement.execute();
        } catch (SQLException e) {
            throw new MonthException("month " + month + " not added", e);
        }
    }

    /** Events at times that no month is there for. */
    public long strays() {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(COUNT_STRAYS)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new MonthException("strays not counted", e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new MonthException("connection not closed", e);
        }
    }
}
