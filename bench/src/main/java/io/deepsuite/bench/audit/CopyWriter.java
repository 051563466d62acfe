package io.deepsuite.bench.audit;

import io.deepsuite.bench.copy.BinaryCopy;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Inserts by binary COPY with the JDBC driver, since that of audit-service has none. A batch's position is written with it in one transaction. */
final class CopyWriter implements RowWriter {

    private static final String POSITION = "INSERT INTO " + POSITIONS
            + " (topic, topic_partition, first_offset, next_offset, event_count, duplicate_count, dead_letter_count) VALUES (?, ?, ?, ?, ?, 0, 0)";

    private static final int KIND = 1;

    private final Connection connection;
    private final PreparedStatement position;
    private final String table;

    CopyWriter(String url, String table) throws SQLException {
        this.connection = DriverManager.getConnection(url);
        this.connection.setAutoCommit(false);
        this.position = connection.prepareStatement(POSITION);
        this.table = table;
    }

    @Override
    public void write(RowBatch batch) throws SQLException, IOException {
        position.setString(1, table);
        position.setInt(2, batch.partition());
        position.setLong(3, batch.firstOffset());
        position.setLong(4, batch.nextOffset());
        position.setInt(5, batch.size());
        position.executeUpdate();
        try (var copy = new BinaryCopy(connection, "%s (%s, kind)".formatted(table, COLUMNS))) {
            for (int row = 0; row < batch.size(); row++) {
                copy.row(batch.columns().size() + 1);
                for (var column : batch.columns()) {
                    field(copy, column[row]);
                }
                copy.small(KIND);
            }
        }
        connection.commit();
    }

    private static void field(BinaryCopy copy, Object value) throws IOException {
        switch (value) {
            case String text -> copy.text(text);
            case Long number -> copy.number(number);
            case UUID id -> copy.uuid(id);
            case OffsetDateTime time -> copy.time(time.toInstant());
            case Buffer bytes -> copy.bytes(bytes.getBytes());
            default ->
                throw new IllegalArgumentException(
                        "value: %s (expected: a text, number, id, time or bytes)".formatted(value.getClass()));
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
