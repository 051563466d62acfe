package io.deepsuite.archive.cold;

import com.google.protobuf.InvalidProtocolBufferException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.stream.Collectors;

/** Fills the partition of a month again, as its owner. */
public final class RestoreStore implements AutoCloseable {

    /** Rows that go to the database at once. */
    private static final int BATCH = 500;

    private static final String INSERT_RESTORED =
            "INSERT INTO restored_month (month, keep_until) VALUES (?::date, ?::timestamptz)";

    private final OwnerStore connection;

    private RestoreStore(OwnerStore connection) {
        this.connection = connection;
    }

    /**
     * Connects.
     *
     * @param url address for JDBC, with the role
     * @param lockTimeout longest to wait for a lock; whoever stands behind it in the queue waits as long
     * @throws ArchiveException if the database does not answer
     */
    public static RestoreStore open(String url, Duration lockTimeout) {
        return new RestoreStore(OwnerStore.open(url, lockTimeout));
    }

    /** Begins to fill a month. @throws ArchiveException if there is a table for it */
    Filling begin(YearMonth month) {
        try {
            var partition = DropStore.partition(month);
            var begins = month.atDay(1) + "T00:00:00Z";
            var ends = month.plusMonths(1).atDay(1) + "T00:00:00Z";
            connection.execute("CREATE TABLE %s (LIKE audit_event INCLUDING ALL)".formatted(partition));
            // attaching need not read the table then
            connection.execute(
                    "ALTER TABLE %s ADD CONSTRAINT restored_ck CHECK (occurred_at >= '%s' AND occurred_at < '%s')"
                            .formatted(partition, begins, ends));
            return new Filling(month, partition);
        } catch (SQLException e) {
            connection.rollback();
            throw OwnerStore.failed(e);
        }
    }

    @Override
    public void close() {
        connection.close();
    }

    /** A month on its way; unless it is finished, closing it leaves nothing behind. */
    final class Filling implements AutoCloseable {

        private final YearMonth month;
        private final String partition;
        private final PreparedStatement insert;
        private int waiting;
        private long rows;

        private Filling(YearMonth month, String partition) throws SQLException {
            this.month = month;
            this.partition = partition;
            var names = RestoredEvent.COLUMNS.stream()
                    .map(column -> column.substring(0, column.indexOf(' ')))
                    .toList();
            var typed = RestoredEvent.COLUMNS.stream()
                    .map(column -> "?::%s AS %s"
                            .formatted(
                                    column.substring(column.indexOf(' ') + 1),
                                    column.substring(0, column.indexOf(' '))))
                    .collect(Collectors.joining(", "));
            // an event belongs to the store when its key is there, at the leaf that the archive has it at
            insert = connection.prepareStatement(
                    """
            INSERT INTO %s (%s, kind)
            SELECT %s, audit_event_kind_of(b.tenant, b.operation, b.action, b.outcome, b.reason, b.actor_type, b.resource_type, b.service, b.namespace)
              FROM (SELECT %s) AS b
              JOIN audit_event_key k ON k.id = b.id AND k.phase = b.phase AND k.occurred_at = b.occurred_at
               AND k.topic_partition = ? AND k.leaf_index = ?
            """.formatted(partition, String.join(", ", names), "b." + String.join(", b.", names), typed));
        }

        /** Adds an event. @throws InvalidProtocolBufferException if the bytes are no event */
        void add(int log, long leaf, byte[] event) throws InvalidProtocolBufferException {
            var values = RestoredEvent.values(event);
            try {
                int place = 1;
                for (var value : values) {
                    insert.setObject(place++, value);
                }
                insert.setInt(place++, log);
                insert.setLong(place, leaf);
                insert.addBatch();
                if (++waiting == BATCH) {
                    flush();
                }
            } catch (SQLException e) {
                throw OwnerStore.failed(e);
            }
        }

        /** Attaches the month, which has to be whole. */
        void finish(long expected, Instant until) {
            try {
                flush();
                if (rows != expected) {
                    throw new ArchiveException(
                            "month %s: %d events of the archive have their keys in the store (expected: %d)"
                                    .formatted(month, rows, expected));
                }
                connection.execute(
                        "SELECT audit_event_attach_month(?::date)",
                        month.atDay(1).toString());
                connection.execute("ALTER TABLE %s DROP CONSTRAINT restored_ck".formatted(partition));
                connection.execute(INSERT_RESTORED, month.atDay(1).toString(), until.toString());
                connection.commit();
            } catch (SQLException e) {
                throw OwnerStore.failed(e);
            }
        }

        private void flush() throws SQLException {
            for (int inserted : insert.executeBatch()) {
                rows += inserted;
            }
            waiting = 0;
        }

        @Override
        public void close() {
            try (insert) {
                connection.rollback();
            } catch (SQLException e) {
                throw OwnerStore.failed(e);
            }
        }
    }
}
