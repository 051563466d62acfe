package io.deepsuite.bench.query;

import com.google.protobuf.ByteString;
import io.deepsuite.audit.v1.SubjectKey;
import io.deepsuite.bench.copy.BinaryCopy;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/**
 * Keys of persons on their way into {@code subject_key}. They claim to come from a topic that is not there: the places of the real one are where audit-service goes on
 * reading the keys that services make now.
 */
final class KeyRows implements AutoCloseable {

    private static final String TOPIC = "bench.subject-keys";

    private static final String COLUMNS =
            "subject_key (key_id, tenant, subject, subject_name, wrapping_key_id, wrapped_key, created_at, topic, topic_partition, topic_offset)";

    private static final int FIELDS = 10;

    private final BinaryCopy copy;
    private final int partition;
    private long offset;

    /** @param partition of these keys, which nobody else writes */
    KeyRows(Connection connection, int partition) throws SQLException, IOException {
        this.copy = new BinaryCopy(connection, COLUMNS);
        this.partition = partition;
    }

    void add(SubjectKey key) throws IOException {
        copy.row(FIELDS)
                .uuid(UUID.fromString(key.getKeyId()))
                .text(key.getTenant())
                .bytes(key.getSubject().toByteArray());
        name(key.getSubjectName());
        copy.text(key.getWrappingKeyId())
                .bytes(key.getWrappedKey().toByteArray())
                .time(Instant.ofEpochSecond(key.getCreated().getSeconds()))
                .text(TOPIC)
                .small(partition)
                .number(offset++);
    }

    private void name(ByteString hmac) throws IOException {
        if (hmac.isEmpty()) {
            copy.absent();
        } else {
            copy.bytes(hmac.toByteArray());
        }
    }

    @Override
    public void close() throws IOException {
        copy.close();
    }
}
