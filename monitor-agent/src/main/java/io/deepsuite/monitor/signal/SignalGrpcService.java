package io.deepsuite.monitor.signal;

import io.deepsuite.journal.scope.CurrentAudit;
import io.deepsuite.monitor.v1.GetSnapshotRequest;
import io.deepsuite.monitor.v1.GetSnapshotResponse;
import io.deepsuite.monitor.v1.ReportRequest;
import io.deepsuite.monitor.v1.ReportResponse;
import io.deepsuite.monitor.v1.SignalService;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import java.time.InstantSource;

/** The gRPC face of the board. */
@GrpcService
public class SignalGrpcService implements SignalService {

    private final SignalBoard board;
    private final SignalMetrics metrics;
    private final CurrentAudit audit;
    private final InstantSource clock;

    SignalGrpcService(SignalBoard board, SignalMetrics metrics, CurrentAudit audit, InstantSource clock) {
        this.board = board;
        this.metrics = metrics;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    @RolesAllowed("workload")
    public Uni<ReportResponse> report(Multi<ReportRequest> requests) {
        var scope = audit.scope();
        return requests.collect().in(ReportResponse::newBuilder, this::take).map(sum -> {
            scope.attribute("accepted", Long.toString(sum.getAccepted()))
                    .attribute("rejected", Long.toString(sum.getRejected()));
            return sum.build();
        });
    }

    @Override
    @RolesAllowed("sre")
    public Uni<GetSnapshotResponse> getSnapshot(GetSnapshotRequest request) {
        return Uni.createFrom().item(SignalProtoMapper.snapshot(board, clock.instant()));
    }

    private void take(ReportResponse.Builder sum, ReportRequest request) {
        try {
            board.take(SignalProtoMapper.signal(request));
            sum.setAccepted(sum.getAccepted() + 1);
            metrics.accepted();
        } catch (DeepsuiteException e) {
            // one bad signal does not end the stream: it is counted, and the sender told
            sum.setRejected(sum.getRejected() + 1);
            metrics.rejected();
        }
    }
}
