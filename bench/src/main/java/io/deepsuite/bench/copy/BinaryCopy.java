package io.deepsuite.bench.copy;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/** A COPY into a table in PostgreSQL's binary format: a number of fields, then each field's length and bytes; big-endian. */
public final class BinaryCopy implements AutoCloseable {

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final Instant POSTGRES_EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    private static final int BUFFER = 1 << 16;

    private final DataOutputStream out;

    /** @param columns the table, and its columns in parentheses */
    public BinaryCopy(Connection connection, String columns) throws SQLException, IOException {
        var copy = new PGCopyOutputStream(
                connection.unwrap(PGConnection.class), "COPY " + columns + " FROM STDIN (FORMAT binary)", BUFFER);
        out = new DataOutputStream(new BufferedOutputStream(copy, BUFFER));
        out.write(SIGNATURE);
        out.writeInt(0); // no flags
        out.writeInt(0); // no extension
    }

    /** Begins a row. */
    public BinaryCopy row(int fields) throws IOException {
        out.writeShort(fields);
        return this;
    }

    /** A {@code timestamptz}. */
    public BinaryCopy time(Instant time) throws IOException {
        return number(ChronoUnit.MICROS.between(POSTGRES_EPOCH, time));
    }

    /** A {@code uuid}. */
    public BinaryCopy uuid(UUID id) throws IOException {
        out.writeInt(2 * Long.BYTES);
        out.writeLong(id.getMostSignificantBits());
        out.writeLong(id.getLeastSignificantBits());
        return this;
    }

    /** A {@code bigint}. */
    public BinaryCopy number(long value) throws IOException {
        out.writeInt(Long.BYTES);
        out.writeLong(value);
        return this;
    }

    /** An {@code integer}. */
    public BinaryCopy small(int value) throws IOException {
        out.writeInt(Integer.BYTES);
        out.writeInt(value);
        return this;
    }

    /** A {@code text}. */
    public BinaryCopy text(String value) throws IOException {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** A {@code bytea}. */
    public BinaryCopy bytes(byte[] value) throws IOException {
        out.writeInt(value.length);
        out.write(value);
        return this;
    }

    /** A field without a value. */
    public BinaryCopy absent() throws IOException {
        out.writeInt(-1);
        return this;
    }

    /** Ends the copy; what was written before is in the table then. */
    @Override
    public void close() throws IOException {
        out.writeShort(-1);
        out.close();
    }
}
