package io.deepsuite.monitor.signal;

import io.deepsuite.journal.scope.AuditScope;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The face of the signal board. A signal that does not fit is counted and dropped; the stream goes on. */
@GrpcService
public class SignalGrpcService implements SignalService {

    private static final Logger LOGGER = LoggerFactory.getLogger(SignalGrpcService.class);

    private final SignalBoard board;
    private final CurrentAudit audit;

    SignalGrpcService(SignalBoard board, CurrentAudit audit) {
        this.board = board;
        this.audit = audit;
    }

    @Override
    @RolesAllowed("workload")
    public Uni<ReportResponse> report(Multi<ReportRequest> requests) {
        AuditScope scope = audit.scope();
        return scope.begin()
                .chain(() -> requests.collect().in(ReportResponse::newBuilder, this::take))
                .invoke(sum -> scope.attribute("item_count", String.valueOf(sum.getAccepted()))
                        .attribute("rejected_count", String.valueOf(sum.getRejected())))
                .map(ReportResponse.Builder::build);
    }

    @Override
    @RolesAllowed("sre")
    public Uni<GetSnapshotResponse> getSnapshot(GetSnapshotRequest request) {
        return Uni.createFrom().item(() -> SignalProtoMapper.toProto(board.snapshot()));
    }

    private void take(ReportResponse.Builder sum, ReportRequest request) {
        try {
            board.take(request.getService(), SignalProtoMapper.fromProto(request));
            sum.setAccepted(sum.getAccepted() + 1);
        } catch (DeepsuiteException refused) {
            sum.setRejected(sum.getRejected() + 1);
            LOGGER.atDebug().addKeyValue("reason", refused.reason()).log("signal refused");
        }
    }
}
