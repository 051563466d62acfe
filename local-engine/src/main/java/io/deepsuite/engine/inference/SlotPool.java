package io.deepsuite.engine.inference;

import io.deepsuite.engine.error.Refusal;
import io.deepsuite.engine.error.RefusalReason;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The threads that call native code: platform threads with a large stack, one per slot of the model, and a bounded queue before them. Virtual threads and
 * threads of a framework have stacks that a long run of letters overflows, which ends the process.
 */
public final class SlotPool implements AutoCloseable {

    private final ThreadPoolExecutor threads;
    /** A place for each request that runs or waits. Counted here, since a queue alone refuses work that an idle thread has not come to take yet. */
    private final Semaphore places;

    private final Set<Ticket> tickets = ConcurrentHashMap.newKeySet();

    /**
     * @param slots threads, at least 1
     * @param queueLength requests that may wait, at least 1
     * @param stackBytes stack of each thread
     */
    public SlotPool(int slots, int queueLength, long stackBytes) {
        var number = new AtomicInteger();
        places = new Semaphore(slots + queueLength);
        threads = new ThreadPoolExecutor(
                slots,
                slots,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                work -> new Thread(null, work, "slot-" + number.getAndIncrement(), stackBytes));
        threads.prestartAllCoreThreads();
    }

    /**
     * Runs work as soon as a slot is free.
     *
     * @param work looks at the ticket to know when it is no longer wanted
     * @throws Refusal {@link RefusalReason#OVERLOADED} if the queue is full, {@link RefusalReason#STOPPING} after {@link #close()}
     */
    public Ticket submit(Consumer<Ticket> work) {
        if (!places.tryAcquire()) {
            throw new Refusal(
                    RefusalReason.OVERLOADED,
                    "every slot is busy and %d requests wait; retry later".formatted(queued()));
        }
        var ticket = new Ticket(this, work);
        tickets.add(ticket);
        try {
            threads.execute(ticket);
        } catch (RejectedExecutionException _) {
            leave(ticket);
            throw new Refusal(RefusalReason.STOPPING, "the engine is stopping");
        }
        return ticket;
    }

    private void leave(Ticket ticket) {
        if (tickets.remove(ticket)) {
            places.release();
        }
    }

    /** Slots that are answering now. */
    public int busy() {
        return threads.getActiveCount();
    }

    /** Requests that wait for a slot. */
    public int queued() {
        return threads.getQueue().size();
    }

    /** Whether new work is taken. */
    public boolean accepting() {
        return !threads.isShutdown();
    }

    /** Takes no more work; waits for what runs, then cancels it. */
    public void drain(Duration patience) {
        threads.shutdown();
        if (!awaitEnd(patience)) {
            tickets.forEach(Ticket::cancel);
        }
    }

    /** As {@link #drain} without patience. */
    @Override
    public void close() {
        drain(Duration.ZERO);
    }

    private boolean awaitEnd(Duration patience) {
        try {
            return threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** One piece of work, waiting or running. */
    public static final class Ticket implements Runnable {

        private final SlotPool pool;
        private final Consumer<Ticket> work;
        private volatile boolean cancelled;

        private Ticket(SlotPool pool, Consumer<Ticket> work) {
            this.pool = pool;
            this.work = work;
        }

        /** Nobody waits for the result any more: leaves the queue, or ends at the next token. Safe from any thread, any number of times. */
        public void cancel() {
            cancelled = true;
            if (pool.threads.remove(this)) {
                pool.leave(this);
            }
        }

        /** Whether {@link #cancel()} was called. */
        public boolean cancelled() {
            return cancelled;
        }

        /** For the pool's threads. */
        @Override
        public void run() {
            try {
                if (!cancelled) {
                    work.accept(this);
                }
            } finally {
                pool.leave(this);
            }
        }
    }
}
