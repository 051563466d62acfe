package io.deepsuite.audit.checkpoint;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** How signing is doing, for metrics. */
@ApplicationScoped
public class CheckpointState {

    private static final double MILLIS_PER_SECOND = 1000.0;

    private final InstantSource clock;
    private final MeterRegistry metrics;
    private final Map<Integer, Long> signed = new ConcurrentHashMap<>();
    private final Map<Integer, String> damaged = new ConcurrentHashMap<>();
    private final Map<Destination, Instant> published = new ConcurrentHashMap<>();
    private final Map<Destination, Counter> failures = new EnumMap<>(Destination.class);

    CheckpointState(InstantSource clock, MeterRegistry metrics) {
        this.clock = clock;
        this.metrics = metrics;
        Gauge.builder("deepsuite.audit.log.damaged", damaged, Map::size)
                .description("Logs that are not signed any more, because they are not what was published")
                .register(metrics);
        for (var destination : Destination.values()) {
            published(destination);
            Gauge.builder(
                            "deepsuite.audit.checkpoint.published.timestamp",
                            published,
                            times -> seconds(times, destination))
                    .description(
                            "When the destination last had every checkpoint that was due, seconds since 1970; the start before that")
                    .baseUnit("seconds")
                    .tag("destination", destination.label())
                    .register(metrics);
            failures.put(
                    destination,
                    Counter.builder("deepsuite.audit.checkpoint.publishing.failures")
                            .description("Checkpoints that the destination did not take; they are offered again")
                            .tag("destination", destination.label())
                            .register(metrics));
        }
    }

    private static double seconds(Map<Destination, Instant> times, Destination destination) {
        return times.getOrDefault(destination, Instant.EPOCH).toEpochMilli() / MILLIS_PER_SECOND;
    }

    /** A destination has now what is due to it of every log. */
    void published(Destination destination) {
        published.put(destination, clock.instant());
    }

    /** A destination did not take a checkpoint. */
    void failed(Destination destination) {
        Objects.requireNonNull(failures.get(destination)).increment();
    }

    /** A log is signed up to this size. */
    void signed(int log, long size) {
        damaged.remove(log);
        if (signed.put(log, size) == null) {
            Gauge.builder("deepsuite.audit.checkpoint.size", signed, sizes -> sizes.getOrDefault(log, 0L))
                    .description("Leaves that the newest checkpoint covers")
                    .tag("log", Integer.toString(log))
                    .register(metrics);
        }
    }

    /**
     * A log is not what was published.
     *
     * @return whether this was not known yet
     */
    boolean damaged(int log, String why) {
        return !why.equals(damaged.put(log, why));
    }

    /** Logs that are not signed any more, by number, and why. */
    public SortedMap<Integer, String> damaged() {
        return new TreeMap<>(damaged);
    }

    /** Why a log is not signed any more; empty when it is. */
    public Optional<String> damage(int log) {
        return Optional.ofNullable(damaged.get(log));
    }
}
