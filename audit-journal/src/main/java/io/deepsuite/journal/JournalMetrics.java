package io.deepsuite.journal;

import io.deepsuite.journal.file.JournalListener;
import io.deepsuite.journal.shipping.ShippingListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Counts what the journal does. */
final class JournalMetrics implements JournalListener, ShippingListener {

    private final MeterRegistry registry;
    private final Counter appended;
    private final Counter refused;
    private final Counter shipped;
    private final Counter shippingFailures;
    private final Timer force;

    JournalMetrics(MeterRegistry registry) {
        this.registry = registry;
        appended = Counter.builder("deepsuite.audit.appended")
                .description("Audit events made durable")
                .register(registry);
        refused = Counter.builder("deepsuite.audit.refused")
                .description("Audit events that could not be made durable; their calls were refused")
                .register(registry);
        shipped = Counter.builder("deepsuite.audit.shipped")
                .description("Audit events that Kafka has acknowledged")
                .register(registry);
        shippingFailures = Counter.builder("deepsuite.audit.shipping.failures")
                .description("Attempts to ship that failed and were repeated")
                .register(registry);
        force = Timer.builder("deepsuite.audit.fsync")
                .description("Time the disk takes to confirm a group of audit events")
                .serviceLevelObjectives(
                        buckets(50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 100_000, 1_000_000))
                .register(registry);
    }

    private static Duration[] buckets(long... micros) {
        return Arrays.stream(micros)
                .mapToObj(each -> Duration.of(each, ChronoUnit.MICROS))
                .toArray(Duration[]::new);
    }

    /** A change of an earlier boot has got its outcome. */
    void recovered(String action) {
        Counter.builder("deepsuite.audit.intents.recovered")
                .description("Announced changes that the process before did not end; their outcome is unknown")
                .tag("action", action)
                .register(registry)
                .increment();
    }

    void watch(LongSupplier bytes, LongSupplier unshipped, LongSupplier openIntents) {
        Gauge.builder("deepsuite.audit.open.intents", openIntents::getAsLong)
                .description("Changes that are announced and have not ended")
                .register(registry);
        Gauge.builder("deepsuite.audit.journal.bytes", bytes::getAsLong)
                .description("Length of the journal's files")
                .register(registry);
        Gauge.builder("deepsuite.audit.unshipped.events", unshipped::getAsLong)
                .description("Durable audit events that Kafka has not acknowledged")
                .register(registry);
    }

    @Override
    public void appended(int events) {
        appended.increment(events);
    }

    @Override
    public void refused() {
        refused.increment();
    }

    @Override
    public void forced(long nanos) {
        force.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void shipped(int events) {
        shipped.increment(events);
    }

    @Override
    public void failed() {
        shippingFailures.increment();
    }
}
