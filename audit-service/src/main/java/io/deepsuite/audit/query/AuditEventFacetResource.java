package io.deepsuite.audit.query;

import io.deepsuite.audit.v1.Operation;
import io.deepsuite.journal.scope.Audited;
import io.deepsuite.journal.scope.CurrentAudit;
import io.deepsuite.servicekit.request.CurrentCall;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

/** How many events have which values. */
@Path("/api/v1/audit-events")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("auditor")
public class AuditEventFacetResource {

    private final AuditEventFacetService facets;
    private final CurrentCall currentCall;
    private final CurrentAudit currentAudit;

    AuditEventFacetResource(AuditEventFacetService facets, CurrentCall currentCall, CurrentAudit currentAudit) {
        this.facets = facets;
        this.currentCall = currentCall;
        this.currentAudit = currentAudit;
    }

    /** Counts the caller's tenant's events of a window by facet. */
    @GET
    @Path("/facets")
    @Audited(operation = Operation.OPERATION_READ, action = "audit-event.count", resourceType = "audit-event")
    public Uni<FacetCounts> count(@Context UriInfo uri) {
        var scope = currentAudit.scope();
        var parameters = uri.getQueryParameters();
        scope.attribute(
                "filters",
                String.join(",", parameters.keySet().stream().sorted().toList()));
        return facets.count(parameters, currentCall.caller().tenant())
                .invoke(counts -> scope.attribute("item_count", Long.toString(counts.events())));
    }
}
