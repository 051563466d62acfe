package io.deepsuite.audit.erasure;

import io.deepsuite.audit.v1.Operation;
import io.deepsuite.journal.scope.Audited;
import io.deepsuite.journal.scope.CurrentAudit;
import io.deepsuite.journal.subject.SubjectHasher;
import io.deepsuite.servicekit.request.CallContext;
import io.deepsuite.servicekit.request.CurrentCall;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Erasing persons, for whoever answers for privacy. Neither auditors nor operators may: the one must not change the trail, the other not what it shows. */
@Path("/api/v1/subjects/erasures")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("privacy-officer")
@RunOnVirtualThread
public class ErasureResource {

    private final ErasureService service;
    private final SubjectHasher hasher;
    private final CurrentCall currentCall;
    private final CurrentAudit currentAudit;

    ErasureResource(ErasureService service, SubjectHasher hasher, CurrentCall currentCall, CurrentAudit currentAudit) {
        this.service = service;
        this.hasher = hasher;
        this.currentCall = currentCall;
        this.currentAudit = currentAudit;
    }

    /** Destroys what opens the events of a person of the caller's tenant. Safe to repeat. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Audited(operation = Operation.OPERATION_DELETE, action = "subject.erase", resourceType = "subject")
    public Erased erase(String body) {
        var scope = currentAudit.scope();
        var request = ErasureRequest.read(body);
        var subject = hasher.subject(currentCall.caller().tenant(), request.actorId());
        scope.resource(subject.hmac(), "", "")
                .attribute("case", request.reference())
                .begin()
                .await()
                .indefinitely();
        var erased = service.erase(
                subject, CallContext.current().map(CallContext::requestId).orElse(""));
        scope.attribute("item_count", Integer.toString(erased.keysDestroyed()));
        return erased;
    }
}
