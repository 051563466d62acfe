package io.deepsuite.audit.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** How ingest is doing, for metrics and health. */
@ApplicationScoped
public class IngestState {

    private static final double MILLIS_PER_SECOND = 1000.0;

    private final InstantSource clock;
    private final Counter ingested;
    private final Counter duplicates;
    private final Counter missing;
    private final Counter retries;
    private final DistributionSummary batchSize;
    private final AtomicLong lag = new AtomicLong();
    private final AtomicReference<@Nullable Instant> lastIngest = new AtomicReference<>();
    private final AtomicReference<@Nullable String> trouble = new AtomicReference<>();

    IngestState(InstantSource clock, MeterRegistry metrics) {
        this.clock = clock;
        ingested = counter(metrics, "deepsuite.audit.ingested", "Events stored");
        duplicates = counter(metrics, "deepsuite.audit.duplicates", "Events that came again and were stored already");
        missing =
                counter(metrics, "deepsuite.audit.missing.offsets", "Records that Kafka no longer had when asked for");
        retries = counter(metrics, "deepsuite.audit.ingest.retries", "Tries of a batch that failed");
        batchSize = DistributionSummary.builder("deepsuite.audit.batch.size")
                .description("Events stored by one transaction")
                .baseUnit("events")
                .register(metrics);
        Gauge.builder("deepsuite.audit.lag", lag, AtomicLong::doubleValue)
                .description("Records of the topic that are not stored yet, over the partitions of this replica")
                .register(metrics);
        Gauge.builder("deepsuite.audit.last.ingest.timestamp", lastIngest, IngestState::epochSeconds)
                .description("When the last batch was stored, seconds since 1970; 0 before the first")
                .baseUnit("seconds")
                .register(metrics);
    }

    private static Counter counter(MeterRegistry metrics, String name, String description) {
        return Counter.builder(name).description(description).register(metrics);
    }

    private static double epochSeconds(AtomicReference<@Nullable Instant> time) {
        var last = time.get();
        return last == null ? 0 : last.toEpochMilli() / MILLIS_PER_SECOND;
    }

    /** A batch is stored. */
    void stored(List<Span> spans) {
        int events = spans.stream().mapToInt(Span::events).sum();
        ingested.increment(events);
        duplicates.increment(spans.stream().mapToInt(Span::duplicates).sum());
        batchSize.record(events);
        lastIngest.set(clock.instant());
        trouble.set(null);
    }

    /** A try of a batch failed; it will be tried again. */
    void failed(String why) {
        retries.increment();
        trouble.set(why);
    }

    /** Nothing waits to be stored. */
    void idle() {
        trouble.set(null);
    }

    /** Records were skipped, because Kafka does not have them any more. */
    void missed(long records) {
        missing.increment((double) records);
    }

    void lag(long records) {
        lag.set(records);
    }

    /** Records not stored yet, as last measured. */
    long lag() {
        return lag.get();
    }

    /** Why the last try failed; empty when it did not. */
    Optional<String> trouble() {
        return Optional.ofNullable(trouble.get());
    }

    /** When the last batch was stored. */
    Optional<Instant> lastIngest() {
        return Optional.ofNullable(lastIngest.get());
    }
}
