package io.deepsuite.audit.completeness;

import io.deepsuite.audit.parameter.QueryParameters;
import io.deepsuite.audit.v1.Operation;
import io.deepsuite.journal.scope.Audited;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;

/** How complete the trail is, source by source. */
@Path("/api/v1/audit-sources")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("auditor")
@RunOnVirtualThread
public class AuditSourceResource {

    private final SourceStore store;

    AuditSourceResource(SourceStore store) {
        this.store = store;
    }

    /** All sources there ever were, with what is missing of them. */
    @GET
    @Audited(operation = Operation.OPERATION_READ, action = "audit-source.list", resourceType = "audit-source")
    public SourceAnswers.Sources list(@Context UriInfo uri) {
        QueryParameters.refuseUnknown(uri.getQueryParameters(), Set.of());
        return SourceAnswers.Sources.of(store.sources());
    }
}
