package io.deepsuite.audit.completeness;

import com.google.protobuf.util.Timestamps;
import io.deepsuite.audit.event.SourceId;
import io.deepsuite.monitor.v1.HealthSignal;
import io.deepsuite.monitor.v1.ReportRequest;
import io.deepsuite.monitor.v1.ReportResponse;
import io.deepsuite.monitor.v1.SignalService;
import io.deepsuite.servicekit.grpc.SuiteCalls;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the Monitor Agent which sources are incomplete, and the first number that each lacks, as the health of components {@code audit-source:<source>}; again until
 * it has taken it.
 */
@ApplicationScoped
public class CompletenessClient {

    private static final Logger LOGGER = LoggerFactory.getLogger(CompletenessClient.class);
    private static final String SERVICE = "audit-service";
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final SignalService monitor;
    private final SuiteCalls calls;
    private final InstantSource clock;
    private final AtomicReference<Map<SourceId, SourceFault>> told = new AtomicReference<>(Map.of());
    private final AtomicBoolean busy = new AtomicBoolean();

    CompletenessClient(@GrpcClient("monitor") SignalService monitor, SuiteCalls calls, InstantSource clock) {
        this.monitor = monitor;
        this.calls = calls;
        this.clock = clock;
    }

    /**
     * Tells what has changed since it was last taken. Does nothing while it is still telling: what is told later must arrive later.
     *
     * @param faults all sources of which something is wrong
     */
    void tell(Map<SourceId, SourceFault> faults) {
        var now = Map.copyOf(faults);
        var changes = changes(told.get(), now);
        if (changes.isEmpty() || !busy.compareAndSet(false, true)) {
            return;
        }
        calls.forService(monitor)
                .chain(client -> client.report(Multi.createFrom().iterable(changes)))
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .onTermination()
                .invoke(() -> busy.set(false))
                .subscribe()
                .with(
                        answer -> taken(now, answer),
                        failure -> LOGGER.atWarn()
                                .addKeyValue("cause", failure.getClass().getSimpleName())
                                .log("the Monitor Agent does not take signals"));
    }

    /** Signals refused as they are would be refused again: they are not retried, and the log says so. */
    private void taken(Map<SourceId, SourceFault> now, ReportResponse answer) {
        told.set(now);
        if (answer.getRejected() > 0) {
            LOGGER.atWarn().addKeyValue("rejected", answer.getRejected()).log("the Monitor Agent refuses signals");
        }
    }

    private List<ReportRequest> changes(Map<SourceId, SourceFault> before, Map<SourceId, SourceFault> now) {
        List<ReportRequest> changes = new ArrayList<>();
        now.forEach((source, fault) -> {
            if (!fault.equals(before.get(source))) {
                changes.add(signal(source, HealthSignal.newBuilder().setDetail(fault.summary())));
            }
        });
        before.keySet().stream()
                .filter(source -> !now.containsKey(source))
                .forEach(source ->
                        changes.add(signal(source, HealthSignal.newBuilder().setHealthy(true))));
        return changes;
    }

    private ReportRequest signal(SourceId source, HealthSignal.Builder health) {
        return ReportRequest.newBuilder()
                .setService(SERVICE)
                .setTime(Timestamps.fromMillis(clock.millis()))
                .setHealth(health.setComponent("audit-source:" + source))
                .build();
    }
}
