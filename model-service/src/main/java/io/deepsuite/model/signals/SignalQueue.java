package io.deepsuite.model.signals;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps signals until they are sent, at most a bounded number: when it is full the oldest goes, and is counted as {@code deepsuite_signals_dropped_total}. */
@ApplicationScoped
class SignalQueue implements Signals {

    private final BlockingQueue<Stamped> queue;
    private final InstantSource clock;
    private final Counter dropped;

    SignalQueue(SignalsConfig config, InstantSource clock, MeterRegistry meters) {
        this.queue = new ArrayBlockingQueue<>(config.queueSize());
        this.clock = clock;
        this.dropped = Counter.builder("deepsuite.signals.dropped")
                .description("Signals that were dropped because the Monitor Agent did not take them in time.")
                .register(meters);
    }

    @Override
    public void report(Signal signal) {
        var stamped = new Stamped(clock.instant(), signal);
        while (!queue.offer(stamped)) {
            if (queue.poll() != null) {
                dropped.increment();
            }
        }
    }

    /**
     * Waits for the next signal.
     *
     * @return empty when none came in time
     */
    Optional<Stamped> poll(Duration atMost) throws InterruptedException {
        return Optional.ofNullable(queue.poll(atMost.toNanos(), TimeUnit.NANOSECONDS));
    }

    /** A signal and when it arose (UTC). */
    record Stamped(Instant time, Signal signal) {}
}
