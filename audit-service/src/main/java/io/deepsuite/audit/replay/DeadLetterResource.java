package io.deepsuite.audit.replay;

import io.deepsuite.audit.v1.Operation;
import io.deepsuite.journal.scope.Audited;
import io.deepsuite.journal.scope.CurrentAudit;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

/** Dead letters for whoever operates the suite. Auditors read the trail and change nothing, so this is not theirs. */
@Path("/api/v1/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("sre")
@RunOnVirtualThread
public class DeadLetterResource {

    private static final String RESOURCE = "dead-letter";

    private final ReplayService service;
    private final CurrentAudit currentAudit;

    DeadLetterResource(ReplayService service, CurrentAudit currentAudit) {
        this.service = service;
        this.currentAudit = currentAudit;
    }

    /** Dead letters, oldest first, and what became of each. */
    @GET
    @Audited(operation = Operation.OPERATION_READ, action = "dead-letter.list", resourceType = RESOURCE)
    public LetterAnswers.Letters list(@Context UriInfo uri) {
        var scope = currentAudit.scope();
        var page = service.list(LetterRequest.list(uri.getQueryParameters()));
        scope.attribute("item_count", Integer.toString(page.letters().size()));
        return LetterAnswers.Letters.of(page);
    }

    /** Sends dead letters to the audit topic again. */
    @POST
    @Path("/replay")
    @Audited(operation = Operation.OPERATION_UPDATE, action = "dead-letter.replay", resourceType = RESOURCE)
    public LetterAnswers.Done replay(@Context UriInfo uri) {
        var scope = currentAudit.scope();
        var request = LetterRequest.replay(uri.getQueryParameters());
        request.reason().ifPresent(reason -> scope.attribute("reason", reason.name()));
        scope.attribute("from", request.from().toString()).begin().await().indefinitely();
        var done = service.replay(request);
        scope.resource(done.id().toString(), "", "")
                .attribute("item_count", Integer.toString(done.sent().size()));
        done.sent().stream()
                .findFirst()
                .ifPresent(first -> scope.attribute("first", first.letter().toString())
                        .attribute("last", done.sent().getLast().letter().toString()));
        return LetterAnswers.Done.of(done);
    }
}
