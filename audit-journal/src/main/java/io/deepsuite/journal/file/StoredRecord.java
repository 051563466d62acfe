package io.deepsuite.journal.file;

import com.google.protobuf.ByteString;

/**
 * One durable record, as it was read back from its file.
 *
 * @param position its place
 * @param payload the exact bytes of the {@code AuditEvent}
 */
public record StoredRecord(Position position, ByteString payload) {}
