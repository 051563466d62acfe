package io.deepsuite.audit.proof;

import io.deepsuite.audit.checkpoint.CheckpointDirectory;
import io.deepsuite.audit.checkpoint.CheckpointKeys;
import io.deepsuite.audit.checkpoint.CheckpointState;
import io.deepsuite.audit.checkpoint.CheckpointStore;
import io.deepsuite.audit.limit.LimitedExport;
import io.deepsuite.audit.seal.LogDamagedException;
import io.deepsuite.audit.seal.LogHead;
import io.deepsuite.audit.seal.LogStore;
import io.deepsuite.audit.seal.SealConfig;
import io.deepsuite.audit.v1.Operation;
import io.deepsuite.journal.scope.Audited;
import io.deepsuite.journal.scope.AuditedOutput;
import io.deepsuite.journal.scope.CurrentAudit;
import io.deepsuite.proof.merkle.Frontier;
import io.deepsuite.proof.note.NoteVerifier;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.deepsuite.servicekit.request.CurrentCall;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The logs: their heads, checkpoints, proofs of growth, and exports. */
@Path("/api/v1/audit-logs")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("auditor")
@RunOnVirtualThread
public class AuditLogResource {

    static final int MAX_PAGE = 1000;
    static final long MAX_RUN = 1_000_000;
    private static final int MAX_WITNESSES = 16;
    private static final int DEFAULT_PAGE = 100;
    private static final String RESOURCE = "audit-log";

    private final LogStore logs;
    private final CheckpointStore checkpoints;
    private final CheckpointDirectory directory;
    private final CheckpointKeys keys;
    private final CheckpointState state;
    private final BundleService bundles;
    private final SealConfig names;
    private final CurrentCall currentCall;
    private final CurrentAudit currentAudit;
    private final InstantSource clock;

    AuditLogResource(
            LogStore logs,
            CheckpointStore checkpoints,
            CheckpointDirectory directory,
            CheckpointKeys keys,
            CheckpointState state,
            BundleService bundles,
            SealConfig names,
            CurrentCall currentCall,
            CurrentAudit currentAudit,
            InstantSource clock) {
        this.logs = logs;
        this.checkpoints = checkpoints;
        this.directory = directory;
        this.keys = keys;
        this.state = state;
        this.bundles = bundles;
        this.names = names;
        this.currentCall = currentCall;
        this.currentAudit = currentAudit;
        this.clock = clock;
    }

    /** All logs with their sizes and newest checkpoints. */
    @GET
    @Audited(operation = Operation.OPERATION_READ, action = "audit-log.list", resourceType = RESOURCE)
    public ProofAnswers.Logs list(@Context UriInfo uri) {
        var _ = new LogRequestReader(uri.getQueryParameters(), Set.of());
        return new ProofAnswers.Logs(
                heads().stream().map(this::log).toList(),
                keys.verifiers().stream().map(NoteVerifier::toText).toList());
    }

    /** Logs that have leaves, and those that had: a log whose rows are gone has its checkpoints still. */
    private Collection<LogHead> heads() {
        var all = new TreeMap<Integer, LogHead>();
        checkpoints.logs().forEach(log -> all.put(log, new LogHead(log, Frontier.empty())));
        logs.heads().forEach(head -> all.put(head.log(), head));
        return all.values();
    }

    private ProofAnswers.Log log(LogHead head) {
        return new ProofAnswers.Log(
                head.log(),
                names.origin(head.log()),
                head.tree().size(),
                checkpoints.newest(head.log()).map(ProofAnswers.SignedSize::of).orElse(null),
                state.damage(head.log()).orElse(null));
    }

    /** Checkpoints of a log, largest first. */
    @GET
    @Path("/{log}/checkpoints")
    @Audited(operation = Operation.OPERATION_READ, action = "audit-log.checkpoints", resourceType = RESOURCE)
    public ProofAnswers.Checkpoints checkpoints(@PathParam("log") String text, @Context UriInfo uri) {
        int log = named(text);
        var request = new LogRequestReader(uri.getQueryParameters(), Set.of("largest", "limit"));
        long largest = request.number("largest", 1, Long.MAX_VALUE).orElse(Long.MAX_VALUE);
        int limit = (int) request.number("limit", 1, MAX_PAGE).orElse(DEFAULT_PAGE);
        var page = checkpoints.page(log, largest, limit + 1);
        return new ProofAnswers.Checkpoints(
                page.stream().limit(limit).map(ProofAnswers.SignedSize::of).toList(),
                page.size() > limit ? page.getLast().signed().size() : 0);
    }

    /** The newest checkpoint of a log. */
    @GET
    @Path("/{log}/checkpoints/latest")
    @Audited(operation = Operation.OPERATION_READ, action = "audit-log.checkpoints", resourceType = RESOURCE)
    public ProofAnswers.SignedSize latest(@PathParam("log") String text, @Context UriInfo uri) {
        int log = named(text);
        var _ = new LogRequestReader(uri.getQueryParameters(), Set.of());
        return ProofAnswers.SignedSize.of(newest(log));
    }

    /** Proves that a log of one size is the beginning of the log of another. */
    @GET
    @Path("/{log}/consistency")
    @Audited(operation = Operation.OPERATION_READ, action = "audit-log.prove", resourceType = RESOURCE)
    public ProofAnswers.Consistency consistency(@PathParam("log") String text, @Context UriInfo uri) {
        int log = named(text);
        var request = new LogRequestReader(uri.getQueryParameters(), Set.of("from", "to"));
        long size = newest(log).signed().size();
        long to = request.number("to", 0, size).orElse(size);
        long from =
                request.number("from", 0, to).orElseThrow(() -> LogRequestReader.invalid("from", "none", "0 to " + to));
        var tree = logs.tree(log, to);
        return ProofAnswers.Consistency.of(
                names.origin(log),
                tree.consistencyProof(from),
                logs.tree(log, from).root(),
                tree.root());
    }

    /** Everything: all logs from their first leaf to their newest checkpoint, as one bundle. */
    @GET
    @Path("/bundle")
    @Produces("application/x-ndjson")
    @LimitedExport
    @Audited(operation = Operation.OPERATION_READ, action = "audit-log.export", resourceType = RESOURCE)
    public StreamingOutput bundle(@Context UriInfo uri) throws IOException {
        var request = new LogRequestReader(uri.getQueryParameters(), Set.of("cosigned"));
        int witnesses = witnesses(request);
        var created = clock.instant();
        var runs = signed().stream()
                .flatMap(log -> checkpoints.newest(log).stream().map(stored -> whole(log, stored, witnesses)))
                .toList();
        currentAudit
                .scope()
                .attribute(
                        "item_count",
                        Long.toString(runs.stream().mapToLong(RunExport::to).sum()));
        return export(runs, created);
    }

    /**
     * Logs that have a checkpoint.
     *
     * @throws LogDamagedException when the database has lost those of a log: a bundle without it would look whole
     */
    private List<Integer> signed() throws IOException {
        var published = directory.logs(names.name()); // before the database, which has each checkpoint first
        var stored = checkpoints.logs();
        stored.forEach(published::remove);
        if (!published.isEmpty()) {
            int lost = published.first();
            throw new LogDamagedException(
                    lost, "log %d: checkpoints of it were published, and the database has none".formatted(lost));
        }
        return stored;
    }

    /** A run of one log as a bundle; the next one begins where this ends. */
    @GET
    @Path("/{log}/bundle")
    @Produces("application/x-ndjson")
    @LimitedExport
    @Audited(operation = Operation.OPERATION_READ, action = "audit-log.export", resourceType = RESOURCE)
    public StreamingOutput bundle(@PathParam("log") String text, @Context UriInfo uri) {
        int log = named(text);
        var request = new LogRequestReader(uri.getQueryParameters(), Set.of("from", "limit", "cosigned"));
        var created = clock.instant();
        var whole = whole(log, newest(log), witnesses(request));
        long size = whole.to();
        long from = request.number("from", 0, size).orElse(0);
        long to = Math.min(size, from + request.number("limit", 1, MAX_RUN).orElse(MAX_RUN));
        currentAudit
                .scope()
                .attribute("from_leaf", Long.toString(from))
                .attribute("item_count", Long.toString(to - from));
        return export(List.of(whole.part(from, to)), created);
    }

    private StreamingOutput export(List<RunExport> runs, Instant created) {
        var tenant = currentCall.caller().tenant();
        return new AuditedOutput(currentAudit.scope(), out -> bundles.write(runs, tenant, created, out));
    }

    /** All of a log: up to its newest checkpoint, or to the newest one that so many witnesses have co-signed. */
    private RunExport whole(int log, CheckpointStore.Stored newest, int witnesses) {
        if (witnesses == 0) {
            return RunExport.whole(log, newest.signed(), Optional.empty());
        }
        var cosigned = checkpoints.newestCosigned(log, witnesses).orElseThrow(() -> noCheckpoint(log, witnesses));
        return RunExport.whole(log, newest.signed(), Optional.of(cosigned.signed()));
    }

    private int named(String text) {
        int log = LogRequestReader.log(text);
        currentAudit.scope().resource(names.origin(log), "", "");
        return log;
    }

    private CheckpointStore.Stored newest(int log) {
        return checkpoints.newest(log).orElseThrow(() -> noCheckpoint(log, 0));
    }

    /** How many witnesses have to have co-signed what a bundle ends with. */
    private static int witnesses(LogRequestReader request) {
        return (int) request.number("cosigned", 0, MAX_WITNESSES).orElse(0);
    }

    private DeepsuiteException noCheckpoint(int log, int witnesses) {
        return new DeepsuiteException(
                ErrorReason.CHECKPOINT_NOT_FOUND,
                "log %s has no checkpoint%s"
                        .formatted(
                                names.origin(log),
                                witnesses == 0 ? "" : " that %d witnesses co-signed".formatted(witnesses)),
                Map.of("log", Integer.toString(log)));
    }
}
