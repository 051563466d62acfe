package io.deepsuite.audit.checkpoint;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** How signing is doing, for metrics. */
@ApplicationScoped
public class CheckpointState {

    private final MeterRegistry metrics;
    private final Map<Integer, Long> signed = new ConcurrentHashMap<>();
    private final Map<Integer, String> damaged = new ConcurrentHashMap<>();

    CheckpointState(MeterRegistry metrics) {
        this.metrics = metrics;
        Gauge.builder("deepsuite.audit.log.damaged", damaged, Map::size)
                .description("Logs that are not signed any more, because they are not what was published")
                .register(metrics);
    }

    /** A log's checkpoint is published. */
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

    /** Why a log is not signed any more; empty when it is. */
    public Optional<String> damage(int log) {
        return Optional.ofNullable(damaged.get(log));
    }
}
