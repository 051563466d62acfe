package io.deepsuite.journal.file;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads the records of one segment from its file, first to last, and checks every one. */
final class SegmentReader {

    private static final int CHUNK = 64 * 1024;

    private final Storage.Handle handle;
    private final int salt;
    private final int version;
    private ByteBuffer chunk = ByteBuffer.allocate(CHUNK).flip();
    private long chunkOffset;
    private long offset = SegmentHeader.BYTES;
    private long expected;

    /** What stands at the reader's place. */
    sealed interface Entry {
        /**
         * A record.
         *
         * @param payload exact bytes of the event
         * @param key the key of a person that came with it; empty for most
         */
        record Found(long sequence, ByteString payload, ByteString key) implements Entry {}

        /** The segment was closed here. */
        record Seal() implements Entry {}

        /** The bytes end just here. */
        record End() implements Entry {}

        /** Something that is not the next record, from the reader's offset on. */
        record Damage() implements Entry {}
    }

    /** @param handle the open file; the caller closes it */
    SegmentReader(Storage.Handle handle, SegmentHeader header) {
        this.handle = handle;
        this.salt = header.salt();
        this.version = header.version();
        this.expected = header.first();
    }

    /** Where the next entry begins, bytes. */
    long offset() {
        return offset;
    }

    /** Sequence that the next record has to have. */
    long expected() {
        return expected;
    }

    /**
     * Reads the next entry. After anything but a record the reader stays where it is, so it can be asked again when the segment has grown.
     *
     * @param limit how much of the file to trust, bytes
     */
    Entry next(long limit) throws IOException {
        if (offset == limit) {
            return new Entry.End();
        }
        int at = load(RecordFormat.OVERHEAD, limit);
        if (at < 0 || !RecordFormat.isLength(RecordFormat.length(chunk, at))) {
            return new Entry.Damage();
        }
        int length = RecordFormat.length(chunk, at);
        at = load(RecordFormat.OVERHEAD + length, limit);
        if (at < 0 || !RecordFormat.isIntact(chunk, at, salt) || RecordFormat.sequence(chunk, at) != expected) {
            return new Entry.Damage();
        }
        if (length == 0) {
            return new Entry.Seal();
        }
        var payload = Payload.decode(version, ByteString.copyFrom(chunk.slice(at + RecordFormat.OVERHEAD, length)));
        if (payload.isEmpty()) {
            return new Entry.Damage();
        }
        offset += RecordFormat.OVERHEAD + length;
        return new Entry.Found(expected++, payload.get().event(), payload.get().key());
    }

    /**
     * Whether an intact record further on proves that what stands here had been forced: its group began later. Framing is lost at a damaged place, so every
     * offset behind it is tried; only damage costs this.
     */
    boolean isProvenDurable(long limit) throws IOException {
        ByteBuffer rest = ByteBuffer.allocate(Math.toIntExact(limit - offset));
        handle.read(rest, offset);
        rest.flip();
        for (int at = 1; at <= rest.limit() - RecordFormat.OVERHEAD; at++) {
            long group = RecordFormat.group(rest, at);
            if (group > expected && group <= RecordFormat.sequence(rest, at) && RecordFormat.isIntact(rest, at, salt)) {
                return true;
            }
        }
        return false;
    }

    /** Has the chunk hold that many bytes from the reader's offset. @return where they begin in the chunk; -1 if the limit comes first */
    private int load(int bytes, long limit) throws IOException {
        if (offset + bytes > limit) {
            return -1;
        }
        if (offset + bytes > chunkOffset + chunk.limit()) {
            if (chunk.capacity() < bytes) {
                chunk = ByteBuffer.allocate(bytes);
            }
            chunk.clear().limit((int) Math.min(chunk.capacity(), limit - offset));
            handle.read(chunk, offset);
            chunk.flip();
            chunkOffset = offset;
            if (chunk.limit() < bytes) {
                return -1;
            }
        }
        return (int) (offset - chunkOffset);
    }
}
