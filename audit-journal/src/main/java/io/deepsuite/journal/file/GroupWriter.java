package io.deepsuite.journal.file;

import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.Source;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes: takes what is waiting, numbers it, writes it in one piece, forces once, and only then lets the appends complete. What arrives
 * during a force is the next group.
 */
final class GroupWriter implements Runnable {

    private static final Logger LOGGER = LoggerFactory.getLogger(GroupWriter.class);

    /** Put into the queue to stop the writer once it has written what was queued before. */
    static final Pending STOP = new Pending(AuditEvent.getDefaultInstance());

    private static final int GROUP_BYTES = 1024 * 1024;
    private static final Duration IDLE_PROBE = Duration.ofSeconds(1);

    private final BlockingQueue<Pending> queue;
    private final SegmentLog log;
    private final Catalog catalog;
    private final OpenIntents intents;
    private final Source source;
    private final JournalSettings settings;
    private final JournalListener listener;
    private final Executor acknowledgements;
    private final Runnable onDurable;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(GROUP_BYTES);
    private List<Stamped> group = new ArrayList<>();
    private final Deque<Pending> owed = new ArrayDeque<>();
    private @Nullable Pending first;
    private @Nullable Pending carried;
    private volatile @Nullable Pending last;
    private boolean stopping;
    private long owedAt = System.nanoTime();
    private long failedAt;
    private volatile @Nullable IOException problem;

    private record Stamped(Pending pending, AuditEvent event) {}

    /** Where an event went. */
    private enum Placement {
        IN_GROUP,
        NEXT_GROUP,
        REFUSED
    }

    /**
     * @param first this boot's own first event: written before every other, however long that takes
     * @param acknowledgements runs the appenders' continuations, so that none of them delays the next group
     */
    GroupWriter(
            BlockingQueue<Pending> queue,
            SegmentLog log,
            Catalog catalog,
            OpenIntents intents,
            Source source,
            @Nullable Pending first,
            JournalSettings settings,
            JournalListener listener,
            Executor acknowledgements,
            Runnable onDurable) {
        this.queue = queue;
        this.log = log;
        this.catalog = catalog;
        this.intents = intents;
        this.source = source;
        this.first = first;
        this.settings = settings;
        this.listener = listener;
        this.acknowledgements = acknowledgements;
        this.onDurable = onDurable;
    }

    /** Why the last write failed; null when it did not. */
    @Nullable
    IOException problem() {
        return problem;
    }

    @Override
    public void run() {
        try {
            begin();
            while (!stopping) {
                Pending next = awaitNext();
                if (next != null) {
                    commit(next);
                } else if (problem != null) {
                    begin(); // nobody appends to a service that reports itself unready, so look by ourselves
                }
            }
            end();
            log.close();
        } finally {
            group.forEach(stamped -> refuse(stamped.pending(), FileJournal.CLOSED, null));
            if (carried != null) {
                refuse(carried, FileJournal.CLOSED, null);
            }
        }
    }

    /** Has this written after everything else. Call it before {@link #STOP} is queued. */
    void endWith(Pending event) {
        last = event;
    }

    private void end() {
        takeOwed();
        while (!owed.isEmpty()) {
            commit(owed.remove());
        }
        Pending event = last;
        if (event != null) {
            commit(event);
        }
    }

    /** Writes what this boot has to begin with. @return whether the journal takes other events now */
    private boolean begin() {
        if (!isWritable()) {
            return false;
        }
        Pending opening = first;
        if (opening == null) {
            return true;
        }
        buffer.clear();
        if (place(opening) == Placement.IN_GROUP && write()) {
            first = null;
            return true;
        }
        return false;
    }

    private @Nullable Pending awaitNext() {
        Pending next = carried;
        carried = null;
        if (next != null) {
            return next;
        }
        if (owed.isEmpty() && log.isOpen() && System.nanoTime() - owedAt >= IDLE_PROBE.toNanos()) {
            takeOwed();
        }
        return owed.isEmpty() ? poll(IDLE_PROBE.toNanos()) : owed.remove();
    }

    private void takeOwed() {
        owedAt = System.nanoTime();
        owed.addAll(intents.takeOwed());
    }

    private @Nullable Pending poll(long nanos) {
        try {
            Pending next = nanos <= 0 ? queue.poll() : queue.poll(nanos, TimeUnit.NANOSECONDS);
            if (next == STOP) {
                stopping = true;
                return null;
            }
            return next;
        } catch (InterruptedException _) {
            return null; // nobody may interrupt this thread: an interrupt would close the file under a write
        }
    }

    private void commit(Pending leading) {
        if (!begin()) {
            refuse(leading, "audit journal is unwritable", problem);
            return;
        }
        buffer.clear();
        long deadline = System.nanoTime() + settings.linger().toNanos();
        Pending next = leading;
        while (next != null) {
            next = switch (place(next)) {
                case IN_GROUP, REFUSED ->
                    !stopping && log.isOpen() && group.size() < settings.queueLength()
                            ? poll(deadline - System.nanoTime())
                            : null;
                case NEXT_GROUP -> {
                    carried = next;
                    yield null;
                }
            };
        }
        if (!group.isEmpty()) {
            write();
        }
    }

    private Placement place(Pending pending) {
        AuditEvent event = pending.event().toBuilder()
                .setSource(source.toBuilder().setSequence(log.nextSequence() + group.size()))
                .build();
        byte[] payload = Payload.encode(pending.key(), event.toByteArray());
        int bytes = RecordFormat.OVERHEAD + payload.length;
        if (payload.length > RecordFormat.MAX_PAYLOAD) {
            refuse(
                    pending,
                    "event: %d bytes (expected: at most %d)".formatted(payload.length, RecordFormat.MAX_PAYLOAD),
                    null);
            return Placement.REFUSED;
        }
        boolean segmentFull = log.filled() + buffer.position() + bytes > settings.segmentBytes()
                && (log.filled() > 0 || !group.isEmpty());
        if (!group.isEmpty() && (segmentFull || bytes > buffer.remaining())) {
            return Placement.NEXT_GROUP;
        }
        long reserve = intents.isAwaited(event) ? 0 : intents.reserve();
        if (!makeRoom(pending, bytes + reserve, segmentFull)) {
            return Placement.REFUSED;
        }
        RecordFormat.encode(buffer, log.salt(), log.nextSequence() + group.size(), log.nextSequence(), payload);
        group.add(new Stamped(pending, event));
        intents.placed(event);
        return Placement.IN_GROUP;
    }

    /**
     * Keeps the bound for that many bytes more, and begins a segment where the open one is full. A boot's first and last event may exceed the bound: they are
     * short, there are two of them, and without them nobody knows where a source ended.
     *
     * @return false if the event was refused instead
     */
    private boolean makeRoom(Pending pending, long bytes, boolean segmentFull) {
        long sealed = buffer.position() + bytes + RecordFormat.OVERHEAD + (segmentFull ? SegmentHeader.BYTES : 0);
        boolean bounded = pending != first && pending != last;
        if (bounded && catalog.bytes() + sealed > settings.maxBytes()) {
            refuse(pending, "audit journal is full: %d bytes".formatted(settings.maxBytes()), null);
            return false;
        }
        if (segmentFull) {
            try {
                log.begin();
            } catch (IOException failure) {
                failed(failure);
                refuse(pending, "audit journal is unwritable", failure);
                return false;
            }
        }
        return true;
    }

    /** @return whether the group is durable */
    private boolean write() {
        List<Stamped> written = group;
        try {
            listener.forced(log.append(buffer.flip(), written.size()));
        } catch (IOException failure) {
            failed(failure);
            group = new ArrayList<>();
            written.forEach(stamped -> intents.refused(stamped.pending()));
            acknowledgements.execute(
                    () -> written.forEach(stamped -> tell(stamped.pending(), "audit journal is unwritable", failure)));
            return false;
        }
        group = new ArrayList<>();
        written.forEach(stamped -> intents.written(stamped.event()));
        listener.appended(written.size());
        onDurable.run();
        acknowledgements.execute(
                () -> written.forEach(stamped -> stamped.pending().durable().complete(stamped.event())));
        return true;
    }

    /** Whether a segment is open; tries to open one when the last failure is long enough ago. */
    private boolean isWritable() {
        if (log.isOpen()) {
            return true;
        }
        if (problem != null
                && System.nanoTime() - failedAt < settings.retryAfter().toNanos()) {
            return false;
        }
        try {
            log.begin();
        } catch (IOException failure) {
            failed(failure);
            return false;
        }
        if (problem != null) {
            LOGGER.atInfo().addKeyValue("nextSequence", log.nextSequence()).log("journal is writable again");
            problem = null;
        }
        return true;
    }

    private void failed(IOException failure) {
        if (problem == null) {
            LOGGER.atError()
                    .addKeyValue("nextSequence", log.nextSequence())
                    .setCause(failure)
                    .log("journal cannot be written, calls are refused until it can");
        }
        problem = failure;
        failedAt = System.nanoTime();
    }

    private void refuse(Pending pending, String why, @Nullable Throwable cause) {
        intents.refused(pending);
        tell(pending, why, cause);
    }

    private void tell(Pending pending, String why, @Nullable Throwable cause) {
        if (!pending.isUntilDurable()) {
            listener.refused();
        }
        pending.refuse(why, cause);
    }
}
