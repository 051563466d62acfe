package io.deepsuite.journal.file;

import com.google.protobuf.ByteString;

/**
 * One durable record, as it was read back from its file.
 *
 * @param position its place
 * @param payload the exact bytes of the {@code AuditEvent}
 * @param key the exact bytes of the {@code SubjectKey} that came with it; empty for most
 */
public record StoredRecord(Position position, ByteString payload, ByteString key) {

    /** A record that came without a key. */
    public StoredRecord(Position position, ByteString payload) {
        this(position, payload, ByteString.EMPTY);
    }
}
