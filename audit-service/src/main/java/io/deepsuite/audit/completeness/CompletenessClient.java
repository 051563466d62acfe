package io.deepsuite.audit.completeness;

import com.google.protobuf.util.Timestamps;
import io.deepsuite.audit.event.SourceId;
import io.deepsuite.monitor.v1.HealthSignal;
import io.deepsuite.monitor.v1.ReportRequest;
import io.deepsuite.monitor.v1.SignalService;
import io.deepsuite.servicekit.grpc.SuiteCalls;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the Monitor Agent which sources are incomplete, as the health of components {@code audit-source:<source>}; again until it has taken it. */
@ApplicationScoped
public class CompletenessClient {

    private static final Logger LOGGER = LoggerFactory.getLogger(CompletenessClient.class);
    private static final String SERVICE = "audit-service";
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final SignalService monitor;
    private final SuiteCalls calls;
    private final InstantSource clock;
    private final Set<SourceId> told = ConcurrentHashMap.newKeySet();

    CompletenessClient(@GrpcClient("monitor") SignalService monitor, SuiteCalls calls, InstantSource clock) {
        this.monitor = monitor;
        this.calls = calls;
        this.clock = clock;
    }

    /**
     * Tells what has changed since it was last taken.
     *
     * @param incomplete all sources of which events are missing
     */
    void tell(Set<SourceId> incomplete) {
        var now = Set.copyOf(incomplete);
        List<ReportRequest> changes = new ArrayList<>();
        now.stream().filter(source -> !told.contains(source)).forEach(source -> changes.add(signal(source, false)));
        told.stream().filter(source -> !now.contains(source)).forEach(source -> changes.add(signal(source, true)));
        if (changes.isEmpty()) {
            return;
        }
        calls.forService(monitor)
                .chain(client -> client.report(Multi.createFrom().iterable(changes)))
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .subscribe()
                .with(
                        _ -> taken(now),
                        failure -> LOGGER.atWarn()
                                .addKeyValue("cause", failure.getClass().getSimpleName())
                                .log("the Monitor Agent does not take signals"));
    }

    private void taken(Set<SourceId> now) {
        told.retainAll(now);
        told.addAll(now);
    }

    private ReportRequest signal(SourceId source, boolean complete) {
        return ReportRequest.newBuilder()
                .setService(SERVICE)
                .setTime(Timestamps.fromMillis(clock.millis()))
                .setHealth(HealthSignal.newBuilder()
                        .setComponent("audit-source:" + source)
                        .setHealthy(complete))
                .build();
    }
}
