package io.deepsuite.journal.scope;

import com.google.protobuf.util.Durations;
import io.deepsuite.monitor.v1.GetSnapshotRequest;
import io.deepsuite.monitor.v1.GetSnapshotResponse;
import io.deepsuite.monitor.v1.ReportRequest;
import io.deepsuite.monitor.v1.ReportResponse;
import io.deepsuite.monitor.v1.SignalService;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.deepsuite.servicekit.request.CurrentCall;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** A service that does what the test says. */
@GrpcService
class ScriptedSignalService implements SignalService {

    enum Script {
        ANSWER,
        FAIL,
        CRASH,
        LATE,
        NEVER
    }

    private static final Duration PATIENCE = Duration.ofMillis(1);

    static final AtomicReference<Script> SCRIPT = new AtomicReference<>(Script.ANSWER);

    private final CurrentAudit audit;
    private final CurrentCall call;

    ScriptedSignalService(CurrentAudit audit, CurrentCall call) {
        this.audit = audit;
        this.call = call;
    }

    @Override
    @RolesAllowed("workload")
    public Uni<ReportResponse> report(Multi<ReportRequest> request) {
        var scope = audit.scope();
        return scope.begin()
                .chain(() -> request.collect().with(java.util.stream.Collectors.counting()))
                .map(count -> {
                    scope.attribute("item_count", Long.toString(count));
                    return ReportResponse.newBuilder().setAccepted(count).build();
                });
    }

    @Override
    @RolesAllowed("sre")
    public Uni<GetSnapshotResponse> getSnapshot(GetSnapshotRequest request) {
        audit.scope().resource("all", "", "").attribute("seen_by", call.caller().name());
        return switch (SCRIPT.get()) {
            case ANSWER ->
                Uni.createFrom()
                        .item(GetSnapshotResponse.newBuilder()
                                .addServices(io.deepsuite.monitor.v1.ServiceState.newBuilder()
                                        .setLatencyP50(Durations.fromMillis(5)))
                                .build());
            case FAIL ->
                throw new DeepsuiteException(ErrorReason.MODEL_NOT_FOUND, "model: not found", Map.of("model", "m"));
            case CRASH -> throw new IllegalStateException("inside detail");
            case LATE ->
                Uni.createFrom()
                        .<GetSnapshotResponse>nothing()
                        .ifNoItem()
                        .after(PATIENCE)
                        .fail();
            case NEVER -> Uni.createFrom().nothing();
        };
    }
}
