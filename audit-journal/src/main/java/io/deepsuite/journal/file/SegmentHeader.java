package io.deepsuite.journal.file;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * First bytes of a segment file, big-endian: {@code magic:8 version:4 boot:8 ordinal:8 first:8 crc32c:4}. Forced, with the file's name, before the first
 * record is written.
 *
 * @param id which segment this is
 * @param first sequence of its first record; the segment before it in the same boot ends just before that
 * @param version format of what its records carry; this one writes the newest and reads all
 */
record SegmentHeader(SegmentId id, long first, int version) {

    /** Length of a header in bytes. */
    static final int BYTES = 40;

    private static final long MAGIC = 0x4453_4155_4449_540AL; // "DSAUDIT\n"
    private static final int OLDEST = 1;

    /** The first version whose records may carry the key of a person. */
    static final int WITH_KEYS = 2;

    private static final int CHECKED_BYTES = BYTES - Integer.BYTES;

    /** Header of a segment that is to be written. */
    SegmentHeader(SegmentId id, long first) {
        this(id, first, WITH_KEYS);
    }

    ByteBuffer encode() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        bytes.putLong(MAGIC)
                .putInt(version)
                .putLong(id.boot())
                .putLong(id.ordinal())
                .putLong(first);
        bytes.putInt(checksum(bytes)).flip();
        return bytes;
    }

    /** @param bytes from the start of the file; empty result if they are no whole, intact header of a format version that is known here */
    static Optional<SegmentHeader> decode(ByteBuffer bytes) {
        if (bytes.limit() < BYTES
                || bytes.getLong(0) != MAGIC
                || bytes.getInt(8) < OLDEST
                || bytes.getInt(8) > WITH_KEYS
                || bytes.getInt(CHECKED_BYTES) != checksum(bytes)) {
            return Optional.empty();
        }
        return Optional.of(new SegmentHeader(
                new SegmentId(bytes.getLong(12), bytes.getLong(20)), bytes.getLong(28), bytes.getInt(8)));
    }

    /** Goes into every record's checksum, so that bytes of another segment never pass for this one's. */
    int salt() {
        return encode().getInt(CHECKED_BYTES);
    }

    private static int checksum(ByteBuffer bytes) {
        var crc = new CRC32C();
        crc.update(bytes.slice(0, CHECKED_BYTES));
        return (int) crc.getValue();
    }
}
