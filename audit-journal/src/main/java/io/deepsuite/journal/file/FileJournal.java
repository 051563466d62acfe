package io.deepsuite.journal.file;

import com.google.protobuf.ByteString;
import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.Source;
import io.deepsuite.servicekit.error.ErrorReason;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An open journal directory. Safe for use by any number of threads; {@link #cursor} and {@link #release} by one at a time. */
public final class FileJournal implements AutoCloseable {

    static final String CLOSED = "audit journal is closed";

    private static final Logger LOGGER = LoggerFactory.getLogger(FileJournal.class);

    private final JournalSettings settings;
    private final JournalListener listener;
    private final Storage storage;
    private final DirectoryLock lock;
    private final ReleasedFile released;
    private final IntentFile intentFile;
    private final OpenIntents intents;
    private final List<AuditEvent> interrupted;
    private final Catalog catalog;
    private final BlockingQueue<Pending> queue;
    private final ExecutorService acknowledgements;
    private final GroupWriter writer;
    private final Thread thread;
    private volatile @Nullable Thread reader;
    private volatile boolean open = true;

    /**
     * Opens a directory: locks it, recovers what is durable, and begins a new boot. When the disk cannot be written the journal opens all the same, so that
     * what it holds can be shipped and freed; it refuses events until it can be written.
     *
     * @param opening makes the boot's own first event, without its source, of the last record of earlier boots ({@link Position#START} without one). It is
     *     written before any other, beyond the bound too, and however often that has to be tried
     * @throws JournalCorruptException if a file is not what was made durable
     * @throws IOException if the directory cannot be read, or is in use
     */
    public static FileJournal open(
            JournalSettings settings, JournalListener listener, Function<Position, AuditEvent.Builder> opening)
            throws IOException {
        return open(settings, listener, new FileStorage(), opening);
    }

    /** Opens without a first event. */
    static FileJournal open(JournalSettings settings, JournalListener listener, Storage storage) throws IOException {
        return open(settings, listener, storage, null);
    }

    static FileJournal open(
            JournalSettings settings,
            JournalListener listener,
            Storage storage,
            @Nullable Function<Position, AuditEvent.Builder> opening)
            throws IOException {
        Files.createDirectories(settings.directory());
        var layout = new Layout(settings.directory());
        DirectoryLock lock = DirectoryLock.take(layout.lock());
        try {
            return recover(settings, listener, storage, opening, layout, lock);
        } catch (IOException | RuntimeException failure) {
            lock.close();
            throw failure;
        }
    }

    private static FileJournal recover(
            JournalSettings settings,
            JournalListener listener,
            Storage storage,
            @Nullable Function<Position, AuditEvent.Builder> opening,
            Layout layout,
            DirectoryLock lock)
            throws IOException {
        ReleasedFile released = ReleasedFile.open(storage, layout.released());
        try {
            return new FileJournal(settings, listener, storage, opening, layout, lock, released);
        } catch (IOException | RuntimeException failure) {
            released.close();
            throw failure;
        }
    }

    private FileJournal(
            JournalSettings settings,
            JournalListener listener,
            Storage storage,
            @Nullable Function<Position, AuditEvent.Builder> opening,
            Layout layout,
            DirectoryLock lock,
            ReleasedFile released)
            throws IOException {
        this.settings = settings;
        this.listener = listener;
        this.storage = storage;
        this.lock = lock;
        this.released = released;
        intentFile = IntentFile.open(storage, layout.intents());
        intents = new OpenIntents(settings.mostOpenIntents(), intentFile.intents());
        var bootFile = new BootFile(storage, layout.boot());
        long lastBoot = bootFile.read();
        Recovery.Found found = new Recovery(storage, layout, released.position(), intents::found).run();
        interrupted = intents.until(new Position(lastBoot, Long.MAX_VALUE));
        catalog = new Catalog(found.segments());
        Position previous = catalog.lastRecord(released.position());
        Optional<Segment> last = catalog.last();
        if (last.isPresent() && last.get().id().boot() > lastBoot) {
            throw new JournalCorruptException(
                    layout.boot(),
                    0,
                    "boot %d is older than %s".formatted(lastBoot, last.get().file()));
        }
        long boot = lastBoot + 1;
        var log = new SegmentLog(storage, layout, catalog, bootFile, boot, found.sealed() ? null : last.orElse(null));
        queue = new ArrayBlockingQueue<>(settings.queueLength());
        acknowledgements = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("audit-journal-acks").factory());
        writer = new GroupWriter(
                queue,
                log,
                catalog,
                intents,
                source(settings.origin(), boot),
                opening == null
                        ? null
                        : Pending.untilDurable(
                                opening.apply(previous).clearSource().build(), ByteString.EMPTY),
                settings,
                listener,
                acknowledgements,
                this::wakeReader);
        thread = Thread.ofPlatform().daemon().name("audit-journal-writer").start(this::runWriter);
        LOGGER.atInfo()
                .addKeyValue("directory", settings.directory())
                .addKeyValue("boot", boot)
                .addKeyValue("unshipped", catalog.countAfter(released.position()))
                .addKeyValue("openIntents", interrupted.size())
                .log("audit journal is open");
    }

    private static Source source(JournalSettings.Origin origin, long boot) {
        return Source.newBuilder()
                .setService(origin.service())
                .setInstance(origin.instance())
                .setNamespace(origin.namespace())
                .setBoot(boot)
                .build();
    }

    /**
     * Numbers an event and makes it durable. The event is taken at once, whether or not anybody subscribes.
     *
     * <p>An event of phase INTENT is open until one of the same id and phase OUTCOME is durable. The bound of the files keeps room for such an outcome; where
     * it is refused all the same, its caller is told so, and the journal itself writes it as soon as it can, a success as a failure for {@link
     * ErrorReason#AUDIT_UNAVAILABLE}.
     *
     * @param event without its source; may be changed afterwards
     * @return the stamped event once it is forced to disk; fails with {@link ErrorReason#AUDIT_UNAVAILABLE}. Never waits for room: a full queue refuses
     */
    public Uni<AuditEvent> append(AuditEvent.Builder event) {
        return append(event, ByteString.EMPTY);
    }

    /**
     * Numbers an event and makes it durable together with the key of its person.
     *
     * @param key exact bytes of the {@code SubjectKey}, at most 16 KiB; empty when an earlier event brought it
     * @throws IllegalArgumentException if the key is too long
     */
    public Uni<AuditEvent> append(AuditEvent.Builder event, ByteString key) {
        if (key.size() > Payload.MAX_KEY) {
            throw new IllegalArgumentException(
                    "key: %d bytes (expected: at most %d)".formatted(key.size(), Payload.MAX_KEY));
        }
        var pending = new Pending(event.clone().clearSource().build(), key);
        Uni<AuditEvent> durable = Uni.createFrom().completionStage(pending.durable()::copy);
        Optional<String> refusal = open ? intents.announce(pending.event()) : Optional.of(CLOSED);
        if (refusal.isPresent()) {
            refuse(pending, refusal.get());
        } else if (!queue.offer(pending)) {
            refuse(pending, "audit journal is behind: %d events wait".formatted(settings.queueLength()));
        } else if (!open && queue.remove(pending)) {
            refuse(pending, CLOSED); // closed meanwhile, and the writer has not taken it
        }
        return durable;
    }

    private void refuse(Pending pending, String why) {
        intents.refused(pending);
        listener.refused();
        pending.refuse(why, null);
    }

    /** Reads what is durable behind a position, and goes on as the journal grows. The caller closes it. */
    public JournalCursor cursor(Position after) {
        return new JournalCursor(storage, catalog, after);
    }

    /** Names the thread to unpark ({@link LockSupport#unpark}) whenever events have become durable. */
    public void wake(Thread reader) {
        this.reader = reader;
    }

    private void wakeReader() {
        LockSupport.unpark(reader);
    }

    /** Intents of earlier boots that had no outcome when this journal was opened, oldest first. They stay open until they have one. */
    public List<AuditEvent> interrupted() {
        return interrupted;
    }

    /** How many intents have no outcome. */
    public int openIntents() {
        return intents.size();
    }

    /** Everything up to here has been released. */
    public Position released() {
        return released.position();
    }

    /**
     * Lets go of all records up to a position: makes the position durable, then removes the segments that hold nothing else, oldest first, each once the
     * intents in it that are still open are kept elsewhere. One after the other also on the device: a segment that came back without its successor would be
     * taken for damage, and an intent without its outcome for a change that was interrupted.
     *
     * @throws IOException if the position could not be written, or a segment not be removed; releasing again tries again
     */
    public void release(Position upTo) throws IOException {
        if (upTo.compareTo(released.position()) > 0) {
            released.write(upTo);
        }
        for (Segment segment : catalog.within(released.position())) {
            intentFile.write(intents.until(segment.end()));
            storage.delete(segment.file());
            storage.forceDirectory(settings.directory());
            catalog.remove(segment);
        }
    }

    /** Whether releasing up to a position would free a segment. */
    public boolean wouldFree(Position upTo) {
        return !catalog.within(upTo).isEmpty();
    }

    /** How the journal is doing now. */
    public JournalStatus status() {
        var problem = Optional.ofNullable(writer.problem()).map(String::valueOf);
        return new JournalStatus(open, problem, catalog.bytes(), intents.reserve(), settings.maxBytes());
    }

    /** How many durable events are behind a position. */
    public long count(Position after) {
        return catalog.countAfter(after);
    }

    private void runWriter() {
        try {
            writer.run();
        } finally {
            open = false;
            Pending left = queue.poll();
            while (left != null) {
                if (left != GroupWriter.STOP) {
                    refuse(left, CLOSED);
                }
                left = queue.poll();
            }
        }
    }

    /**
     * Stops as {@link #stop()} does, with this event behind all others.
     *
     * @param last without its source
     */
    public void stop(AuditEvent.Builder last) {
        var pending = new Pending(last.clone().clearSource().build());
        writer.endWith(pending);
        stop();
        if (!pending.durable().isDone() || pending.durable().isCompletedExceptionally()) {
            LOGGER.atWarn().addKeyValue("action", last.getAction()).log("journal could not write its last event");
        }
    }

    /** Refuses further events, makes durable what was appended, seals the last segment, and completes all appends. It can still be read and released. */
    public void stop() {
        open = false;
        boolean interrupted = false;
        while (!acknowledgements.isTerminated()) {
            try {
                if (thread.isAlive()) {
                    queue.offer(GroupWriter.STOP, 10, TimeUnit.MILLISECONDS);
                    thread.join(10);
                } else {
                    acknowledgements.shutdown();
                    acknowledgements.awaitTermination(10, TimeUnit.MILLISECONDS);
                }
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops, and gives the directory free. */
    @Override
    public void close() throws IOException {
        stop();
        try (lock;
                released) {
            LOGGER.atInfo()
                    .addKeyValue("unshipped", catalog.countAfter(released.position()))
                    .log("audit journal is closed");
        }
    }
}
