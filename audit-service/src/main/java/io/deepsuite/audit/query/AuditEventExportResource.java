package io.deepsuite.audit.query;

import io.deepsuite.audit.limit.LimitedExport;
import io.deepsuite.audit.v1.Operation;
import io.deepsuite.journal.scope.Audited;
import io.deepsuite.journal.scope.CurrentAudit;
import io.deepsuite.servicekit.request.CurrentCall;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** Everything that a filter finds, as one stream. The export is one audit event that tells how many events left and how it ended. */
@Path("/api/v1/audit-events")
@RolesAllowed("auditor")
public class AuditEventExportResource {

    private final AuditEventExportService exports;
    private final CurrentCall currentCall;
    private final CurrentAudit currentAudit;

    AuditEventExportResource(AuditEventExportService exports, CurrentCall currentCall, CurrentAudit currentAudit) {
        this.exports = exports;
        this.currentCall = currentCall;
        this.currentAudit = currentAudit;
    }

    /** Streams the caller's tenant's events, newest first, one a line. */
    @GET
    @Path("/export")
    @RunOnVirtualThread
    @LimitedExport
    @Audited(operation = Operation.OPERATION_READ, action = "audit-event.export", resourceType = "audit-event")
    public Response export(@Context UriInfo uri) {
        var scope = currentAudit.scope();
        var parameters = uri.getQueryParameters();
        scope.attribute(
                "filters",
                String.join(",", parameters.keySet().stream().sorted().toList()));
        return exports.export(parameters, currentCall.caller().tenant(), scope);
    }
}
