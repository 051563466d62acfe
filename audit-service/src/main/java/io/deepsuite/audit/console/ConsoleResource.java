package io.deepsuite.audit.console;

import io.deepsuite.audit.checkpoint.CheckpointKeys;
import io.deepsuite.audit.limit.LimitedExport;
import io.deepsuite.audit.proof.EventProofService;
import io.deepsuite.audit.query.AuditEventExportService;
import io.deepsuite.audit.query.AuditEventService;
import io.deepsuite.audit.subject.SubjectService;
import io.deepsuite.audit.v1.Operation;
import io.deepsuite.journal.scope.Audited;
import io.deepsuite.journal.scope.CurrentAudit;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.deepsuite.servicekit.error.Failures;
import io.deepsuite.servicekit.request.CallContext;
import io.deepsuite.servicekit.request.CurrentCall;
import io.quarkus.security.ForbiddenException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.stream.IntStream;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pages of the console. Each that shows audit data is a read that leaves an event of its own, with the person as the actor. */
@Path("/console")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed("auditor")
public class ConsoleResource {

    private static final Logger LOGGER = LoggerFactory.getLogger(ConsoleResource.class);
    private static final String RESOURCE = "audit-event";
    private static final URI SEARCH = URI.create("/console/events");

    private final AuditEventService events;
    private final AuditEventExportService exports;
    private final EventProofService proofs;
    private final SubjectService subjects;
    private final StatusService status;
    private final CheckpointKeys keys;
    private final ConsoleConfig config;
    private final CurrentCall currentCall;
    private final CurrentAudit currentAudit;

    ConsoleResource(
            AuditEventService events,
            AuditEventExportService exports,
            EventProofService proofs,
            SubjectService subjects,
            StatusService status,
            CheckpointKeys keys,
            ConsoleConfig config,
            CurrentCall currentCall,
            CurrentAudit currentAudit) {
        this.events = events;
        this.exports = exports;
        this.proofs = proofs;
        this.subjects = subjects;
        this.status = status;
        this.keys = keys;
        this.config = config;
        this.currentCall = currentCall;
        this.currentAudit = currentAudit;
    }

    /** Leads to the search. */
    @GET
    public Response start() {
        return Response.seeOther(SEARCH).build();
    }

    /** Searches, and shows a page of what was found. */
    @GET
    @Path("/events")
    @Audited(operation = Operation.OPERATION_READ, action = "console.search", resourceType = RESOURCE)
    public Uni<String> search(@Context UriInfo uri) {
        var scope = currentAudit.scope();
        var form = SearchForm.of(uri.getQueryParameters());
        scope.attribute("filters", String.join(",", form.names()));
        var frame = frame("events");
        return events.search(
                        form.limited(config.pageSize()), currentCall.caller().tenant())
                .invoke(found -> scope.attribute(
                        "item_count", Integer.toString(found.events().size())))
                .chain(found -> Pages.Templates.search(frame, page(form, found)).createUni());
    }

    /** Exports all that the filters of a search find. */
    @GET
    @Path("/export")
    @Produces(MediaType.WILDCARD)
    @RunOnVirtualThread
    @LimitedExport
    @Audited(operation = Operation.OPERATION_READ, action = "console.export", resourceType = RESOURCE)
    public Response export(@Context UriInfo uri) {
        var scope = currentAudit.scope();
        var form = SearchForm.of(uri.getQueryParameters());
        scope.attribute("filters", String.join(",", form.names()));
        return exports.export(form.parameters(), currentCall.caller().tenant(), scope);
    }

    /** Shows one operation with its proof. */
    @GET
    @Path("/events/{id}")
    @RunOnVirtualThread
    @Audited(operation = Operation.OPERATION_READ, action = "console.event", resourceType = RESOURCE)
    public String event(@PathParam("id") String id) {
        var eventId = EventProofService.eventId(id);
        currentAudit.scope().resource(id, "", "");
        var verifiers = keys.verifiers();
        var proven = proofs.prove(currentCall.caller().tenant(), eventId);
        var opened = subjects.open(
                        proven.stream().map(EventProofService.Evidence::event).toList())
                .await()
                .indefinitely();
        var views = IntStream.range(0, proven.size())
                .mapToObj(i -> ProofView.of(proven.get(i), EventView.of(opened.get(i)), verifiers))
                .toList();
        var view = views.stream()
                .filter(proof -> !proof.phase().equals("INTENT"))
                .findFirst()
                .orElseGet(views::getFirst)
                .view();
        return Pages.Templates.event(frame("events"), new Pages.Event(view, view.facts(), view.pretty(), views))
                .render();
    }

    /** Shows how complete and how well sealed the trail is. */
    @GET
    @Path("/status")
    @RunOnVirtualThread
    @Audited(operation = Operation.OPERATION_READ, action = "console.status", resourceType = "audit-log")
    public String status() {
        return Pages.Templates.status(frame("status"), status.status()).render();
    }

    /** Says goodbye to who has signed out. */
    @GET
    @Path("/signed-out")
    @PermitAll
    public String signedOut() {
        return Pages.Templates.signedOut().render();
    }

    /** Failures as pages, with the reason that the audit event gets, too. */
    @ServerExceptionMapper({DeepsuiteException.class, ForbiddenException.class, RuntimeException.class})
    public Response failed(RuntimeException failure) {
        var call = CallContext.current();
        var told = Failures.classify(failure, true);
        if (told.reason() == ErrorReason.INTERNAL) {
            LOGGER.atError().setCause(failure).log("a page of the console failed for an unforeseen reason");
        }
        call.ifPresent(context -> context.failed(told.reason()));
        var message = told.reason() == ErrorReason.ROLE_MISSING
                ? new Pages.Message(
                        "This console is for auditors",
                        "You are signed in, but your account does not have the role \"auditor\". Ask whoever manages"
                                + " accounts for it, or sign in as somebody else.",
                        told.reason().name())
                : new Pages.Message(
                        "This did not work", told.detail(), told.reason().name());
        return Response.status(told.reason().httpStatus())
                .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .entity(Pages.Templates.message(frame(""), message).render())
                .build();
    }

    private static Pages.Search page(SearchForm form, AuditEventService.Found found) {
        var views = found.events().stream().map(EventView::of).toList();
        var next = found.nextPageToken();
        return new Pages.Search(
                form.mainFields(),
                form.moreFields(),
                form.hasMore(),
                views,
                Timeline.of(views),
                form.query(),
                next.isEmpty() ? "" : SEARCH + "?" + form.query(next),
                form.isContinued(),
                ArchivesView.of(found.archives()));
    }

    private Pages.Frame frame(String section) {
        var caller = currentCall.caller();
        return new Pages.Frame(caller.name(), caller.tenant(), section);
    }
}
