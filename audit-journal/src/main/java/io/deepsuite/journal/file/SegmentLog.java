package io.deepsuite.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of the journal that is written to; the writer's thread alone uses it.
 *
 * <p><b>When the file system fails.</b> After a failed write nobody knows how much of a group is in the file, and after a failed force nobody knows what is on
 * the device: the kernel may have dropped the dirty pages and marked them clean, so a second force of the same file would report a success that is none
 * (PostgreSQL's "fsyncgate"). Therefore no failure is ever retried on the same file. The group's events are refused, the segment is cut back to its last
 * durable record as far as that succeeds, and is never written again; the next segment, a file of its own, begins with the sequence that the refused events
 * would have had. Its header says so, which makes readers ignore whatever the abandoned segment still holds from there on: sequences have no gap and refused
 * events do not come back. What had been acknowledged from the abandoned segment was confirmed by an earlier, successful force. (One window is left: when the
 * process dies after such a failure and before the next segment exists, refused events whose bytes could not be cut off may be found and shipped. A caller who
 * was refused then has an event too many, never one too few.)
 */
final class SegmentLog {

    private static final Logger LOGGER = LoggerFactory.getLogger(SegmentLog.class);

    private final Storage storage;
    private final Layout layout;
    private final Catalog catalog;
    private final BootFile bootFile;
    private final long boot;
    private @Nullable Segment unsealed;
    private boolean begun;
    private long ordinal;
    private long nextSequence = 1;
    private @Nullable Active active;

    private record Active(Segment segment, Storage.Handle handle, int salt) {}

    /**
     * @param boot number of this opening, made durable before the first segment
     * @param unsealed last segment of the boot before, if it was not closed in order
     */
    SegmentLog(
            Storage storage, Layout layout, Catalog catalog, BootFile bootFile, long boot, @Nullable Segment unsealed) {
        this.storage = storage;
        this.layout = layout;
        this.catalog = catalog;
        this.bootFile = bootFile;
        this.boot = boot;
        this.unsealed = unsealed;
    }

    /** Sequence of the next record. */
    long nextSequence() {
        return nextSequence;
    }

    /** Whether a segment is open for writing. */
    boolean isOpen() {
        return active != null;
    }

    /** Length of the open segment in bytes; 0 when none is open or it has no record yet, so that one record always fits. */
    long filled() {
        return active == null || active.segment().isEmpty()
                ? 0
                : active.segment().durable().bytes();
    }

    /** Checksum salt of the open segment. */
    int salt() {
        return requireActive().salt();
    }

    /** Begins the next segment, and this boot before the first. On failure nothing is open and it can be called again. */
    void begin() throws IOException {
        beginBoot();
        closeActive();
        ordinal++;
        var header = new SegmentHeader(new SegmentId(boot, ordinal), nextSequence);
        Path file = layout.segment(header.id());
        Storage.Handle handle = storage.create(file);
        boolean durable = false;
        try {
            handle.write(header.encode(), 0);
            handle.force();
            storage.forceDirectory(layout.directory());
            durable = true;
        } finally {
            if (!durable) {
                discard(handle, file);
            }
        }
        var segment = Segment.empty(header, file);
        catalog.add(segment);
        active = new Active(segment, handle, header.salt());
    }

    /** Seals the boot before ours, if it died, and makes our number durable: only then may a segment bear it. */
    private void beginBoot() throws IOException {
        if (!begun) {
            if (unsealed != null) {
                seal(unsealed);
                unsealed = null;
            }
            bootFile.write(boot);
            begun = true;
        }
    }

    /**
     * Writes a group and forces it. Returns once the group is durable; on failure none of it counts and no segment is open.
     *
     * @param group encoded records, from {@link #nextSequence()} on
     * @param records how many
     * @return how long the force took, nanoseconds
     */
    long append(ByteBuffer group, int records) throws IOException {
        Active to = requireActive();
        Segment.Extent before = to.segment().durable();
        int bytes = group.remaining();
        boolean durable = false;
        try {
            to.handle().write(group, before.bytes());
            long start = System.nanoTime();
            to.handle().force();
            long nanos = System.nanoTime() - start;
            durable = true;
            nextSequence += records;
            to.segment().extend(new Segment.Extent(nextSequence - 1, before.bytes() + bytes));
            return nanos;
        } finally {
            if (!durable) {
                abandon(to);
            }
        }
    }

    /** Closes the open segment for good. */
    void close() {
        if (active != null) {
            Segment last = active.segment();
            closeActive();
            try {
                seal(last);
            } catch (IOException failure) {
                LOGGER.atWarn()
                        .addKeyValue("file", last.file())
                        .setCause(failure)
                        .log("journal could not be sealed, the next start will check its last group by checksum only");
            }
        }
    }

    private void seal(Segment segment) throws IOException {
        Segment.Extent end = segment.durable();
        try (var handle = storage.open(segment.file())) {
            handle.truncate(end.bytes());
            handle.write(RecordFormat.seal(segment.header().salt(), end.last() + 1), end.bytes());
            handle.force();
        }
    }

    private void abandon(Active damaged) {
        active = null;
        Segment segment = damaged.segment();
        if (segment.isEmpty()) {
            catalog.remove(segment);
            discard(damaged.handle(), segment.file());
            return;
        }
        try (var handle = damaged.handle()) {
            handle.truncate(segment.durable().bytes());
        } catch (IOException failure) {
            LOGGER.atWarn()
                    .addKeyValue("file", segment.file())
                    .addKeyValue("offset", segment.durable().bytes())
                    .setCause(failure)
                    .log("abandoned journal segment could not be cut back, what it holds beyond is ignored");
        }
    }

    private void discard(Storage.Handle handle, Path file) {
        try (handle) {
            storage.delete(file);
        } catch (IOException failure) {
            LOGGER.atWarn().addKeyValue("file", file).setCause(failure).log("journal segment could not be removed");
        }
    }

    private void closeActive() {
        if (active != null) {
            try {
                active.handle().close();
            } catch (IOException failure) {
                LOGGER.atDebug().setCause(failure).log("closing a journal segment failed, its records had been forced");
            }
            active = null;
        }
    }

    private Active requireActive() {
        if (active == null) {
            throw new IllegalStateException("no journal segment is open");
        }
        return active;
    }
}
