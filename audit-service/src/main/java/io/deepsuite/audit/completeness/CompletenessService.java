package io.deepsuite.audit.completeness;

import io.deepsuite.audit.event.SourceId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Raises the alarm when numbers of a source are missing, or nobody tells where one ended, once for each: in the log, in the metrics, and to the Monitor Agent.
 */
@ApplicationScoped
public class CompletenessService {

    private static final Logger LOGGER = LoggerFactory.getLogger(CompletenessService.class);

    private final SourceStore store;
    private final CompletenessClient monitor;
    private final CompletenessConfig config;
    private final AtomicLong missing = new AtomicLong();
    private final Map<SourceId, SourceFault> raised = new ConcurrentHashMap<>();

    CompletenessService(
            SourceStore store, CompletenessClient monitor, CompletenessConfig config, MeterRegistry metrics) {
        this.store = store;
        this.monitor = monitor;
        this.config = config;
        Gauge.builder("deepsuite.audit.missing.events", missing, AtomicLong::doubleValue)
                .description("Events that sources have numbered and that have not arrived")
                .register(metrics);
        Gauge.builder("deepsuite.audit.incomplete.sources", raised, Map::size)
                .description(
                        "Sources of which events are missing, or the last number is unknown although a later boot runs")
                .register(metrics);
    }

    /** Looks at all sources. */
    void check() {
        Map<SourceId, SourceFault> faults = new HashMap<>();
        store.sources()
                .forEach(report -> report.fault(config.grace()).ifPresent(fault -> faults.put(report.source(), fault)));
        // as doubles, which the gauge shows anyway: a sum of longs could overflow
        missing.set(
                (long) faults.values().stream().mapToDouble(SourceFault::count).sum());
        faults.forEach((source, fault) -> {
            var before = raised.put(source, fault);
            if (before == null || !before.missing().equals(fault.missing())) {
                tellMissing(source, fault);
            }
            if (fault.endUnknown() && (before == null || !before.endUnknown())) {
                LOGGER.atError()
                        .addKeyValue("source", source)
                        .log(
                                "audit events may be missing: a later boot runs, and has not told the last number of this one");
            }
        });
        List.copyOf(raised.keySet()).stream()
                .filter(source -> !faults.containsKey(source))
                .forEach(source -> {
                    raised.remove(source);
                    LOGGER.atInfo().addKeyValue("source", source).log("missing audit events have arrived");
                });
        monitor.tell(faults);
    }

    private static void tellMissing(SourceId source, SourceFault fault) {
        if (!fault.missing().isEmpty()) {
            LOGGER.atError()
                    .addKeyValue("source", source)
                    .addKeyValue("missing", SourceFault.named(fault.missing()))
                    .addKeyValue("missingCount", fault.count())
                    .log("audit events are missing");
        }
    }
}
