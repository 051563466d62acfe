package io.deepsuite.journal.file;

import com.google.protobuf.ByteString;
import io.deepsuite.journal.file.SegmentReader.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what is durable when a directory is opened. Every record that was ever acknowledged and not yet released is there afterwards, or opening fails.
 *
 * <p>Only the newest segment may end in the middle of a group, because only its last group can have been under way when the process or the machine died: that
 * torn tail was never acknowledged and is cut off. Any other difference from an unbroken sequence is damage:
 *
 * <ul>
 *   <li>a record that does not pass its checksum, while a later record proves that it had been forced;
 *   <li>a segment that ends before its successor in the same boot begins (what it holds beyond that was refused, and is ignored);
 *   <li>an earlier boot without its seal;
 *   <li>a missing segment: the first of a boot must begin at 1, or where the released position ends.
 * </ul>
 */
final class Recovery {

    private static final Logger LOGGER = LoggerFactory.getLogger(Recovery.class);

    private final Storage storage;
    private final Layout layout;
    private final Position released;
    private final Visitor visitor;

    /** Is shown every durable record, in order. */
    interface Visitor {
        void found(ByteString payload) throws IOException;
    }

    /**
     * What was found.
     *
     * @param segments all that are on disk, in order
     * @param sealed whether the last of them was closed in order; true when there is none
     */
    record Found(List<Segment> segments, boolean sealed) {}

    Recovery(Storage storage, Layout layout, Position released, Visitor visitor) {
        this.storage = storage;
        this.layout = layout;
        this.released = released;
        this.visitor = visitor;
    }

    Found run() throws IOException {
        List<SegmentHeader> headers = headers();
        List<Segment> segments = new ArrayList<>();
        boolean sealed = true;
        for (int i = 0; i < headers.size(); i++) {
            SegmentHeader header = headers.get(i);
            if (i == 0 || headers.get(i - 1).id().boot() != header.id().boot()) {
                checkBeginsBoot(header);
            }
            boolean newest = i == headers.size() - 1;
            boolean followed =
                    !newest && headers.get(i + 1).id().boot() == header.id().boot();
            Path file = layout.segment(header.id());
            try (var handle = storage.open(file)) {
                var reader = new SegmentReader(handle, header);
                if (followed) {
                    readTo(headers.get(i + 1).first(), reader, file, handle.size());
                } else {
                    sealed = readToEnd(reader, handle, file, newest);
                }
                segments.add(new Segment(header, file, new Segment.Extent(reader.expected() - 1, reader.offset())));
            }
        }
        return new Found(segments, sealed);
    }

    private List<SegmentHeader> headers() throws IOException {
        List<SegmentHeader> headers = new ArrayList<>();
        for (Path file : storage.list(layout.directory())) {
            var id = Layout.segmentId(file);
            if (id.isEmpty()) {
                continue;
            }
            try (var handle = storage.open(file)) {
                ByteBuffer bytes = ByteBuffer.allocate(SegmentHeader.BYTES);
                handle.read(bytes, 0);
                var header = SegmentHeader.decode(bytes.flip()).filter(h -> h.id().equals(id.get()));
                if (header.isPresent()) {
                    headers.add(header.get());
                } else if (handle.size() > SegmentHeader.BYTES) {
                    throw new JournalCorruptException(file, 0, "no intact segment header");
                } else {
                    LOGGER.atWarn().addKeyValue("file", file).log("journal segment was never completed, removing it");
                    storage.delete(file);
                }
            }
        }
        return headers;
    }

    private void checkBeginsBoot(SegmentHeader header) throws JournalCorruptException {
        long boot = header.id().boot();
        long latest = boot == released.boot() ? released.sequence() + 1 : 1;
        if (boot >= released.boot() && header.first() > latest) {
            throw new JournalCorruptException(
                    layout.segment(header.id()),
                    0,
                    "records %d to %d of boot %d are missing".formatted(latest, header.first() - 1, boot));
        }
    }

    private void readTo(long end, SegmentReader reader, Path file, long size) throws IOException {
        while (reader.expected() < end) {
            if (reader.next(size) instanceof Entry.Found found) {
                visitor.found(found.payload());
            } else {
                throw new JournalCorruptException(
                        file,
                        reader.offset(),
                        "no intact record %d (expected: up to %d)".formatted(reader.expected(), end - 1));
            }
        }
        if (reader.expected() > end) {
            throw new JournalCorruptException(file, 0, "begins behind its successor");
        }
    }

    /** @return whether the segment is sealed */
    private boolean readToEnd(SegmentReader reader, Storage.Handle handle, Path file, boolean newest)
            throws IOException {
        long size = handle.size();
        while (true) {
            switch (reader.next(size)) {
                case Entry.Found found -> visitor.found(found.payload());
                case Entry.Seal _ -> {
                    if (reader.offset() + RecordFormat.OVERHEAD == size) {
                        return true;
                    }
                    throw new JournalCorruptException(file, reader.offset(), "bytes behind the seal");
                }
                case Entry.End _ -> {
                    if (newest) {
                        return false;
                    }
                    throw new JournalCorruptException(file, reader.offset(), "the seal of an earlier boot is missing");
                }
                case Entry.Damage _ -> {
                    if (!newest || reader.isProvenDurable(size)) {
                        throw new JournalCorruptException(
                                file, reader.offset(), "no intact record %d".formatted(reader.expected()));
                    }
                    cutTornTail(reader, handle, file);
                    return false;
                }
            }
        }
    }

    private static void cutTornTail(SegmentReader reader, Storage.Handle handle, Path file) throws IOException {
        LOGGER.atWarn()
                .addKeyValue("file", file)
                .addKeyValue("offset", reader.offset())
                .addKeyValue("bytes", handle.size() - reader.offset())
                .addKeyValue("nextSequence", reader.expected())
                .log("journal ends in a torn write that was never acknowledged, cutting it off");
        handle.truncate(reader.offset());
        handle.force();
    }
}
