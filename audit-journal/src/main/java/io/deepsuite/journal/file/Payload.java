package io.deepsuite.journal.file;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What a record carries: an event, and the key of a person where this event is the first that needs it, so that one force makes both durable. From version 2 of
 * the format on it lies as {@code key length:2 key event}; before, it was the event alone.
 *
 * @param key exact bytes of the {@code SubjectKey}; empty for most
 * @param event exact bytes of the {@code AuditEvent}
 */
record Payload(ByteString key, ByteString event) {

    /** Longest key in bytes. */
    static final int MAX_KEY = 16 * 1024;

    static byte[] encode(ByteString key, byte[] event) {
        var bytes = ByteBuffer.allocate(Short.BYTES + key.size() + event.length);
        bytes.putShort((short) key.size());
        key.copyTo(bytes);
        return bytes.put(event).array();
    }

    /** Empty if it cannot be one. */
    static Optional<Payload> decode(int version, ByteString bytes) {
        if (version < SegmentHeader.WITH_KEYS) {
            return Optional.of(new Payload(ByteString.EMPTY, bytes));
        }
        if (bytes.size() < Short.BYTES) {
            return Optional.empty();
        }
        int event = Short.BYTES + bytes.asReadOnlyByteBuffer().getShort();
        return event >= Short.BYTES && event <= bytes.size()
                ? Optional.of(new Payload(bytes.substring(Short.BYTES, event), bytes.substring(event)))
                : Optional.empty();
    }
}
