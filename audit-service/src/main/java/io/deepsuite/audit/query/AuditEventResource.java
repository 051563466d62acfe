package io.deepsuite.audit.query;

import io.deepsuite.audit.tier.ArchivedRecord;
import io.deepsuite.audit.v1.Operation;
import io.deepsuite.journal.scope.Audited;
import io.deepsuite.journal.scope.CurrentAudit;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.deepsuite.servicekit.request.CurrentCall;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Audit events over REST. Reading them is audited, too. */
@Path("/api/v1/audit-events")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("auditor")
public class AuditEventResource {

    private final AuditEventStore store;
    private final CurrentCall currentCall;
    private final CurrentAudit currentAudit;

    AuditEventResource(AuditEventStore store, CurrentCall currentCall, CurrentAudit currentAudit) {
        this.store = store;
        this.currentCall = currentCall;
        this.currentAudit = currentAudit;
    }

    /** Answers one page of the caller's tenant's events, newest first. */
    @GET
    @Audited(operation = Operation.OPERATION_READ, action = "audit-event.query", resourceType = "audit-event")
    public Uni<String> list(@Context UriInfo uri) {
        var scope = currentAudit.scope();
        var parameters = uri.getQueryParameters();
        var request =
                AuditEventRequestReader.read(parameters, currentCall.caller().tenant());
        scope.attribute(
                "filters",
                String.join(",", parameters.keySet().stream().sorted().toList()));
        return store.list(request)
                .invoke(page -> scope.attribute(
                        "item_count", Integer.toString(page.events().size())))
                .map(AuditEventPage::toJson);
    }

    /** Answers one event of the caller's tenant. */
    @GET
    @Path("/{id}")
    @Audited(operation = Operation.OPERATION_READ, action = "audit-event.get", resourceType = "audit-event")
    public Uni<String> get(@PathParam("id") String id) {
        var scope = currentAudit.scope();
        var eventId = AuditEventRequestReader.readId(id);
        scope.resource(id, "", "");
        var tenant = currentCall.caller().tenant();
        return store.find(tenant, eventId)
                .chain(found -> found.map(event -> Uni.createFrom().item(event.json()))
                        .orElseGet(() -> store.archived(tenant, eventId)
                                .chain(archived -> Uni.createFrom().<String>failure(absent(eventId, archived)))));
    }

    private static DeepsuiteException absent(UUID id, Optional<ArchivedRecord> archived) {
        return archived.map(record -> record.gone(id))
                .orElseGet(() -> new DeepsuiteException(
                        ErrorReason.AUDIT_EVENT_NOT_FOUND,
                        "no audit event \"%s\"".formatted(id),
                        Map.of("id", id.toString())));
    }
}
