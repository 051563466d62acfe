package io.deepsuite.dataprep.masking;

import io.deepsuite.servicekit.privacy.EntityType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Counts what is masked by kind ({@code deepsuite_masking_masked_total}), the bytes looked at ({@code deepsuite_masking_bytes_total}) and the time it takes
 * without waiting ({@code deepsuite_masking_duration_seconds}).
 */
@Singleton
class MaskingMetrics {

    static final String MASK = "mask";
    static final String UNMASK = "unmask";

    private final MeterRegistry registry;
    private final Map<EntityType, Counter> masked = new EnumMap<>(EntityType.class);

    MaskingMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (EntityType type : EntityType.values()) {
            masked.put(
                    type,
                    Counter.builder("deepsuite.masking.masked")
                            .description("Occurrences of personal data that were masked.")
                            .tag("entity_type", type.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
    }

    void masked(EntityType type, int occurrences) {
        Objects.requireNonNull(masked.get(type)).increment(occurrences);
    }

    /** Runs the work and counts it, also when it fails. */
    <T> T timed(String method, long bytes, Supplier<T> work) {
        Counter.builder("deepsuite.masking.bytes")
                .description("Text that was masked or unmasked, in UTF-8.")
                .tag("method", method)
                .register(registry)
                .increment((double) bytes);
        return Timer.builder("deepsuite.masking.duration")
                .description("Processor time of masking or unmasking one call, without waiting for a thread.")
                .tag("method", method)
                .serviceLevelObjectives(
                        Duration.ofNanos(50_000),
                        Duration.ofNanos(200_000),
                        Duration.ofMillis(1),
                        Duration.ofMillis(5),
                        Duration.ofMillis(20),
                        Duration.ofMillis(100))
                .register(registry)
                .record(work);
    }
}
