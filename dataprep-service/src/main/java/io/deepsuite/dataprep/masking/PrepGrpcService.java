package io.deepsuite.dataprep.masking;

import io.deepsuite.dataprep.v1.MaskRequest;
import io.deepsuite.dataprep.v1.MaskResponse;
import io.deepsuite.dataprep.v1.PrepService;
import io.deepsuite.dataprep.v1.UnmaskRequest;
import io.deepsuite.dataprep.v1.UnmaskResponse;
import io.deepsuite.journal.scope.CurrentAudit;
import io.deepsuite.servicekit.request.CurrentCall;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.security.RolesAllowed;
import java.util.Objects;
import java.util.function.Supplier;

/** The face of masking: takes the caller's tenant and audit scope, and hands the work to the masking threads. */
@GrpcService
public class PrepGrpcService implements PrepService {

    private final MaskingService masking;
    private final MaskingPool pool;
    private final CurrentCall call;
    private final CurrentAudit audit;

    PrepGrpcService(MaskingService masking, MaskingPool pool, CurrentCall call, CurrentAudit audit) {
        this.masking = masking;
        this.pool = pool;
        this.call = call;
        this.audit = audit;
    }

    @Override
    @RolesAllowed({"model-user", "data-engineer"})
    public Uni<MaskResponse> mask(MaskRequest request) {
        var tenant = call.caller().tenant();
        var scope = audit.scope();
        return onPool(() -> PrepProtoMapper.toProto(masking.mask(tenant, request.getTextsList(), scope)));
    }

    @Override
    @RolesAllowed({"model-user", "data-engineer"})
    public Uni<UnmaskResponse> unmask(UnmaskRequest request) {
        var tenant = call.caller().tenant();
        var scope = audit.scope();
        return onPool(() -> PrepProtoMapper.toProto(
                masking.unmask(tenant, request.getText(), PrepProtoMapper.vault(request.getVault()), scope)));
    }

    /** Works on the masking threads and answers on the call's own context. */
    private <T> Uni<T> onPool(Supplier<T> work) {
        var context = Objects.requireNonNull(Vertx.currentContext());
        return Uni.createFrom()
                .item(work)
                .runSubscriptionOn(pool)
                .emitOn(answer -> context.runOnContext(_ -> answer.run()));
    }
}
