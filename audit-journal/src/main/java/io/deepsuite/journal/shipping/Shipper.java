package io.deepsuite.journal.shipping;

import io.deepsuite.journal.file.FileJournal;
import io.deepsuite.journal.file.Position;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.time.Duration;
import java.util.NavigableMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ships a journal for as long as it is open: from the released position on, earlier boots first, each under its own source. It tries for ever, and an append
 * never waits for it. Delivery is at least once; nothing is released before the broker (all in-sync replicas) has acknowledged it and everything before it.
 */
public final class Shipper {

    private static final Logger LOGGER = LoggerFactory.getLogger(Shipper.class);
    private static final Duration IDLE = Duration.ofSeconds(1);

    private final FileJournal journal;
    private final Producers producers;
    private final ShipperSettings settings;
    private final ShippingListener listener;
    private final AuditRecords records;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final Thread thread;
    private final NavigableMap<Position, CompletableFuture<Void>> waiting = new ConcurrentSkipListMap<>();
    private volatile Position acknowledged;
    private volatile long stopAt = Long.MAX_VALUE;
    private volatile boolean stopping;
    private int failures;
    private long releasedAt = System.nanoTime();

    /** Begins at once, on a thread of its own. */
    public static Shipper start(
            FileJournal journal, Producers producers, ShipperSettings settings, ShippingListener listener) {
        var shipper = new Shipper(journal, producers, settings, listener);
        journal.wake(shipper.thread);
        shipper.thread.start();
        return shipper;
    }

    private Shipper(FileJournal journal, Producers producers, ShipperSettings settings, ShippingListener listener) {
        this.journal = journal;
        this.producers = producers;
        this.settings = settings;
        this.listener = listener;
        this.records = new AuditRecords(settings.topic(), settings.keyTopic());
        this.acknowledged = journal.released();
        this.thread = Thread.ofPlatform().daemon().name("audit-shipper").unstarted(this::run);
    }

    /** Durable events that the broker has not acknowledged. */
    public long unshipped() {
        return journal.count(acknowledged);
    }

    /**
     * Completes when the broker has acknowledged a record and all before it.
     *
     * @param record of the journal, durable
     * @param limit longest to wait
     * @return fails with {@link ErrorReason#AUDIT_UNAVAILABLE} when it takes longer, or shipping has ended; the record stays in the journal then
     */
    public Uni<Void> acknowledgement(Position record, Duration limit) {
        return Uni.createFrom()
                .completionStage(() -> await(record))
                .ifNoItem()
                .after(limit)
                .failWith(() -> unacknowledged("within %d ms".formatted(limit.toMillis())))
                .onTermination()
                .invoke(() -> waiting.remove(record));
    }

    private CompletableFuture<Void> await(Position record) {
        var arrival = waiting.computeIfAbsent(record, _ -> new CompletableFuture<>());
        if (record.compareTo(acknowledged) <= 0) {
            arrival.complete(null);
        } else if (!thread.isAlive()) {
            arrival.completeExceptionally(unacknowledged("before the end"));
        }
        return arrival;
    }

    private static DeepsuiteException unacknowledged(String when) {
        return new DeepsuiteException(
                ErrorReason.AUDIT_UNAVAILABLE, "audit event is on disk, and Kafka has not acknowledged it " + when);
    }

    /** Whether it still works; false after its end. */
    public boolean isRunning() {
        return thread.isAlive();
    }

    /**
     * Goes on until everything is shipped or the time is over, then ends. Call it when the journal takes no more events.
     *
     * @param limit longest to wait
     */
    public void stop(Duration limit) throws InterruptedException {
        stopAt = System.nanoTime() + limit.toNanos();
        stopping = true;
        LockSupport.unpark(thread);
        thread.join(limit.plus(IDLE));
        LOGGER.atInfo().addKeyValue("unshipped", unshipped()).log("audit shipper has ended");
    }

    private void run() {
        while (!isOver()) {
            try (var shipment = begin()) {
                ship(shipment);
            } catch (IOException
                    | RuntimeException
                            failure) { // the thread's edge: whatever it is, the events are on disk and the next attempt
                // sends them
                failed(failure);
            }
        }
        release();
        waiting.values().forEach(arrival -> arrival.completeExceptionally(unacknowledged("before the end")));
    }

    private Shipment begin() throws IOException {
        Producer<String, byte[]> producer = producers.create();
        return new Shipment(
                producer,
                journal.cursor(acknowledged),
                records,
                settings.mostInFlight(),
                () -> LockSupport.unpark(thread));
    }

    /** Returns when a new producer is due, or all is over. */
    private void ship(Shipment shipment) throws IOException {
        boolean retiring = false;
        while (!isOver()) {
            retiring = retiring || producers.isOutdated();
            int sent = retiring ? 0 : shipment.fill();
            var failure = shipment.failure();
            var settled = shipment.settle();
            settled.ifPresent(this::settled);
            releaseIfDue();
            if (failure.isPresent()) {
                throw failure.get();
            }
            if (retiring && shipment.isIdle()) {
                return;
            }
            if (sent == 0 && settled.isEmpty()) {
                LockSupport.parkNanos(this, IDLE.toNanos());
            }
        }
    }

    private void settled(Shipment.Settled settled) {
        acknowledged = settled.position();
        waiting.headMap(acknowledged, true).values().forEach(arrival -> arrival.complete(null));
        listener.shipped(settled.events());
        if (failures > 0) {
            LOGGER.atInfo().addKeyValue("unshipped", unshipped()).log("audit events are shipped again");
            failures = 0;
        }
    }

    /** At once where it frees a file, or else now and then. A file may be free from the start: the one that the boot before had shipped to its end. */
    private void releaseIfDue() {
        boolean further = acknowledged.compareTo(journal.released()) > 0;
        boolean frees = journal.wouldFree(acknowledged);
        boolean due =
                System.nanoTime() - releasedAt >= settings.releaseInterval().toNanos();
        if ((further && (frees || due)) || (frees && due)) {
            release();
        }
    }

    private void release() {
        releasedAt = System.nanoTime();
        try {
            journal.release(acknowledged);
        } catch (
                IOException
                        failure) { // tried again with the next acknowledgement; until then the journal keeps more than
            // it needs
            LOGGER.atWarn().setCause(failure).log("shipped audit events could not be released");
        }
    }

    private void failed(Exception failure) {
        failures++;
        listener.failed();
        Duration wait = settings.backoff().after(failures, random);
        LOGGER.atWarn()
                .addKeyValue("failures", failures)
                .addKeyValue("retryMillis", wait.toMillis())
                .addKeyValue("unshipped", unshipped())
                .setCause(failures == 1 ? failure : null)
                .log("audit events could not be shipped, they stay in the journal");
        long until = System.nanoTime() + wait.toNanos();
        while (!isOver() && until - System.nanoTime() > 0) {
            LockSupport.parkNanos(this, Math.min(until - System.nanoTime(), TimeUnit.SECONDS.toNanos(1)));
        }
    }

    private boolean isOver() {
        return stopping && (unshipped() == 0 || System.nanoTime() - stopAt >= 0);
    }
}
