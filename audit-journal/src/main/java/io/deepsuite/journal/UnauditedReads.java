package io.deepsuite.journal;

import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.Operation;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads that are served although their event could not be made durable, where the configuration allows it. Each is counted, and as soon as the journal takes
 * events again, one event {@code journal.unaudited} tells how many are missing of each action.
 */
@Startup
@Singleton
public class UnauditedReads {

    /** Reads that are no step of an inference; a test compares the list with what the methods declare. */
    static final Set<String> ALLOWED = Set.of(
            "audit-event.export",
            "audit-event.get",
            "audit-event.prove",
            "audit-event.query",
            "audit-log.checkpoints",
            "audit-log.export",
            "audit-log.list",
            "audit-log.prove",
            "audit-source.list",
            "console.event",
            "console.search",
            "console.status",
            "dead-letter.list",
            "model-version.get",
            "model-version.list",
            "model.get",
            "model.list",
            "signal.snapshot");

    private static final Logger LOGGER = LoggerFactory.getLogger(UnauditedReads.class);
    private static final Duration RETRY_FIRST = Duration.ofSeconds(1);
    private static final Duration RETRY_MOST = Duration.ofSeconds(10);

    private final Set<String> served;
    private final JournalEvents events;
    private final AuditJournal journal;
    private final MeterRegistry registry;
    private final InstantSource clock;
    private final Map<String, Long> missing = new TreeMap<>();
    private Instant since = Instant.EPOCH;

    /** @throws IllegalArgumentException if the configuration names what is no read, or a step of an inference */
    UnauditedReads(JournalConfig config, AuditJournal journal, MeterRegistry registry, InstantSource clock) {
        this.served = config.failOpenReads().orElse(Set.of());
        this.events = new JournalEvents(config, clock);
        this.journal = journal;
        this.registry = registry;
        this.clock = clock;
        for (String action : served) {
            if (!ALLOWED.contains(action)) {
                throw new IllegalArgumentException("deepsuite.journal.fail-open-reads: %s (expected: of %s)"
                        .formatted(action, ALLOWED.stream().sorted().toList()));
            }
        }
    }

    /** Whether there is any action that is served without an event. */
    boolean servesAny() {
        return !served.isEmpty();
    }

    /** Whether calls of this action are served when their event cannot be made durable. */
    public boolean serves(Operation operation, String action) {
        return operation == Operation.OPERATION_READ && served.contains(action);
    }

    /** A call was served without its event. */
    public void missed(String action) {
        Counter.builder("deepsuite.audit.unaudited")
                .description("Reads that were served although their audit event could not be made durable")
                .tag("action", action)
                .register(registry)
                .increment();
        if (add(action)) {
            tell();
        }
    }

    /** @return whether it is the first that is missing, so that nobody tells yet */
    private synchronized boolean add(String action) {
        boolean first = missing.isEmpty();
        if (first) {
            since = clock.instant();
        }
        missing.merge(action, 1L, Long::sum);
        return first;
    }

    private void tell() {
        Uni.createFrom()
                .deferred(this::append)
                .onFailure()
                .retry()
                .withBackOff(RETRY_FIRST, RETRY_MOST)
                .indefinitely()
                .subscribe()
                .with(
                        _ -> {},
                        failure -> LOGGER.atError().setCause(failure).log("unaudited reads could not be told of"));
    }

    private Uni<AuditEvent> append() {
        Map<String, Long> told;
        AuditEvent.Builder event;
        synchronized (this) {
            told = Map.copyOf(missing);
            event = events.unaudited(since, told);
        }
        return journal.tell(event).invoke(() -> {
            if (!settle(told)) {
                tell();
            }
        });
    }

    /** @return whether nothing is missing any more */
    private synchronized boolean settle(Map<String, Long> told) {
        told.forEach((action, count) ->
                missing.compute(action, (_, now) -> now == null || now <= count ? null : Long.valueOf(now - count)));
        return missing.isEmpty();
    }

    @PreDestroy
    synchronized void close() {
        if (!missing.isEmpty()) {
            LOGGER.atError().addKeyValue("missing", missing).log("reads went unaudited, and no event tells of them");
        }
    }
}
