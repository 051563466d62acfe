package io.deepsuite.journal.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * Position up to which records may be freed. Two slots are written in turn, each {@code generation:8 boot:8 sequence:8 crc32c:4}, so that a torn write leaves
 * the other one. Written in place and not by rename, because a full disk must not keep the journal from freeing what fills it.
 */
final class ReleasedFile implements Closeable {

    private static final int SLOT = 512;
    private static final int CHECKED_BYTES = 3 * Long.BYTES;

    private final Storage.Handle handle;
    private long generation;
    private volatile Position position;

    private ReleasedFile(Storage.Handle handle, long generation, Position position) {
        this.handle = handle;
        this.generation = generation;
        this.position = position;
    }

    static ReleasedFile open(Storage storage, Path file) throws IOException {
        if (!storage.exists(file)) {
            ByteBuffer first = ByteBuffer.allocate(2 * SLOT);
            storage.replace(
                    file, first.put(slot(0, Position.START)).limit(2 * SLOT).rewind());
        }
        var handle = storage.open(file);
        try {
            ByteBuffer slots = ByteBuffer.allocate(2 * SLOT);
            handle.read(slots, 0);
            int newest = -1;
            for (int at = 0; at < 2 * SLOT; at += SLOT) {
                boolean intact = slots.getInt(at + CHECKED_BYTES) == checksum(slots.slice(at, CHECKED_BYTES));
                if (intact && (newest < 0 || slots.getLong(at) > slots.getLong(newest))) {
                    newest = at;
                }
            }
            if (newest < 0) {
                throw new JournalCorruptException(file, 0, "neither slot holds a position with its checksum");
            }
            var position = new Position(slots.getLong(newest + 8), slots.getLong(newest + 16));
            return new ReleasedFile(handle, slots.getLong(newest), position);
        } catch (IOException failure) {
            handle.close();
            throw failure;
        }
    }

    Position position() {
        return position;
    }

    /** Returns once the position is durable. */
    void write(Position next) throws IOException {
        handle.write(slot(generation + 1, next), (generation + 1) % 2 * SLOT);
        handle.force();
        generation++;
        position = next;
    }

    @Override
    public void close() throws IOException {
        handle.close();
    }

    private static ByteBuffer slot(long generation, Position position) {
        ByteBuffer slot = ByteBuffer.allocate(CHECKED_BYTES + Integer.BYTES);
        slot.putLong(generation).putLong(position.boot()).putLong(position.sequence());
        return slot.putInt(checksum(slot.slice(0, CHECKED_BYTES))).flip();
    }

    private static int checksum(ByteBuffer checked) {
        var crc = new CRC32C();
        crc.update(checked);
        return (int) crc.getValue();
    }
}
