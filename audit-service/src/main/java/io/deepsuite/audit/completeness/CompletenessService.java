package io.deepsuite.audit.completeness;

import io.deepsuite.audit.event.SourceId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Raises the alarm when numbers of a source are missing, once for each gap: in the log, in the metrics, and to the Monitor Agent. */
@ApplicationScoped
public class CompletenessService {

    private static final Logger LOGGER = LoggerFactory.getLogger(CompletenessService.class);

    private final SourceStore store;
    private final CompletenessClient monitor;
    private final CompletenessConfig config;
    private final AtomicLong missing = new AtomicLong();
    private final Map<SourceId, List<NumberRun>> raised = new ConcurrentHashMap<>();

    CompletenessService(
            SourceStore store, CompletenessClient monitor, CompletenessConfig config, MeterRegistry metrics) {
        this.store = store;
        this.monitor = monitor;
        this.config = config;
        Gauge.builder("deepsuite.audit.missing.events", missing, AtomicLong::doubleValue)
                .description("Events that sources have numbered and that have not arrived")
                .register(metrics);
        Gauge.builder("deepsuite.audit.incomplete.sources", raised, Map::size)
                .description("Sources of which events are missing")
                .register(metrics);
    }

    /** Looks at all sources. */
    void check() {
        var late = store.sources().stream()
                .filter(report -> !report.gaps().isEmpty() && report.late().compareTo(config.grace()) >= 0)
                .collect(Collectors.toMap(SourceReport::source, SourceReport::gaps));
        // as doubles, which the gauge shows anyway: a sum of longs could overflow
        missing.set((long) late.values().stream()
                .flatMap(List::stream)
                .mapToDouble(NumberRun::count)
                .sum());
        late.forEach((source, gaps) -> {
            if (!gaps.equals(raised.put(source, gaps))) {
                LOGGER.atError()
                        .addKeyValue("source", source)
                        .addKeyValue("missing", gaps)
                        .log("audit events are missing");
            }
        });
        List.copyOf(raised.keySet()).stream()
                .filter(source -> !late.containsKey(source))
                .forEach(source -> {
                    raised.remove(source);
                    LOGGER.atInfo().addKeyValue("source", source).log("missing audit events have arrived");
                });
        monitor.tell(raised.keySet());
    }
}
