package io.deepsuite.journal.file;

import io.deepsuite.journal.file.SegmentReader.Entry;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the durable records of a journal from its files, in order, boot after boot. Not thread-safe. */
public final class JournalCursor implements Closeable {

    private final Storage storage;
    private final Catalog catalog;
    private Position position;
    private @Nullable Open current;

    private record Open(Segment segment, Storage.Handle handle, SegmentReader reader) {}

    JournalCursor(Storage storage, Catalog catalog, Position after) {
        this.storage = storage;
        this.catalog = catalog;
        this.position = after;
    }

    /**
     * The next record; empty when there is none yet.
     *
     * @throws JournalCorruptException if it is not what was written
     */
    public Optional<StoredRecord> next() throws IOException {
        while (true) {
            if (current == null) {
                Optional<Segment> next = catalog.firstBeyond(position);
                if (next.isEmpty()) {
                    return Optional.empty();
                }
                var handle = storage.open(next.get().file());
                current = new Open(
                        next.get(), handle, new SegmentReader(handle, next.get().header()));
            }
            Open from = current;
            boolean complete = catalog.after(from.segment()).isPresent();
            Segment.Extent durable = from.segment().durable(); // read after its successor was seen, so it is final then
            if (from.reader().expected() > durable.last()) {
                if (!complete) {
                    return Optional.empty();
                }
                close();
                continue;
            }
            StoredRecord record = read(from, durable);
            if (record.position().compareTo(position) > 0) {
                position = record.position();
                return Optional.of(record);
            }
        }
    }

    private static StoredRecord read(Open from, Segment.Extent durable) throws IOException {
        if (from.reader().next(durable.bytes()) instanceof Entry.Found found) {
            return new StoredRecord(
                    new Position(from.segment().id().boot(), found.sequence()), found.payload(), found.key());
        }
        throw new JournalCorruptException(
                from.segment().file(),
                from.reader().offset(),
                "no intact record %d".formatted(from.reader().expected()));
    }

    @Override
    public void close() throws IOException {
        if (current != null) {
            Open last = current;
            current = null;
            last.handle().close();
        }
    }
}
