package io.deepsuite.journal.file;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * How a record lies in a segment, big-endian: {@code length:4 crc32c:4 sequence:8 group:8 payload:length}.
 *
 * <ul>
 *   <li>{@code crc32c} covers the segment's salt and everything but itself.
 *   <li>{@code group} is the sequence of the first record that was forced together with this one. A record thereby proves that everything before its group
 *       had been durable, which is what tells damage from a torn write.
 *   <li>{@code length} 0 is the seal: the segment ends here, {@code sequence} is the one that would have come next.
 * </ul>
 */
final class RecordFormat {

    /** Bytes before the payload. */
    static final int OVERHEAD = 24;

    /** Largest payload in bytes; an event without content of calls stays far below. */
    static final int MAX_PAYLOAD = 256 * 1024;

    private RecordFormat() {}

    /** Appends a record to a buffer that has room for it. */
    static void encode(ByteBuffer into, int salt, long sequence, long group, byte[] payload) {
        int start = into.position();
        into.putInt(payload.length).putInt(0).putLong(sequence).putLong(group).put(payload);
        into.putInt(start + Integer.BYTES, checksum(into, start, payload.length, salt));
    }

    /**
     * The record that closes a segment.
     *
     * @param next sequence that would have come next
     */
    static ByteBuffer seal(int salt, long next) {
        ByteBuffer seal = ByteBuffer.allocate(OVERHEAD);
        encode(seal, salt, next, next, new byte[0]);
        return seal.flip();
    }

    /** Whether the length of a record can be one. */
    static boolean isLength(int length) {
        return length >= 0 && length <= MAX_PAYLOAD;
    }

    static int length(ByteBuffer bytes, int start) {
        return bytes.getInt(start);
    }

    static long sequence(ByteBuffer bytes, int start) {
        return bytes.getLong(start + 8);
    }

    static long group(ByteBuffer bytes, int start) {
        return bytes.getLong(start + 16);
    }

    /** Whether a whole and intact record starts there, whatever its sequence. */
    static boolean isIntact(ByteBuffer bytes, int start, int salt) {
        int left = bytes.limit() - start;
        if (left < OVERHEAD) {
            return false;
        }
        int length = length(bytes, start);
        return isLength(length)
                && length <= left - OVERHEAD
                && bytes.getInt(start + Integer.BYTES) == checksum(bytes, start, length, salt);
    }

    private static int checksum(ByteBuffer bytes, int start, int length, int salt) {
        var crc = new CRC32C();
        crc.update(salt >>> 24);
        crc.update(salt >>> 16);
        crc.update(salt >>> 8);
        crc.update(salt);
        crc.update(bytes.slice(start, Integer.BYTES));
        crc.update(bytes.slice(start + 2 * Integer.BYTES, OVERHEAD - 2 * Integer.BYTES + length));
        return (int) crc.getValue();
    }
}
