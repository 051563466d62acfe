package io.deepsuite.audit.proof;

import io.deepsuite.audit.checkpoint.CheckpointStore;
import io.deepsuite.audit.checkpoint.SignedCheckpoint;
import io.deepsuite.audit.seal.LogStore;
import io.deepsuite.audit.seal.SealConfig;
import io.deepsuite.audit.v1.Operation;
import io.deepsuite.audit.witness.CosignatureService;
import io.deepsuite.journal.scope.Audited;
import io.deepsuite.journal.scope.CurrentAudit;
import io.deepsuite.proof.merkle.TreeHash;
import io.deepsuite.proof.note.NoteException;
import io.deepsuite.proof.note.SignedNote;
import io.deepsuite.proof.witness.WitnessRequest;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What witnesses ask for, and what they answer. Whoever carries it needs no trust: a cosignature is verified against the witnesses' keys. */
@Path("/api/v1/audit-logs")
@RolesAllowed("auditor")
@RunOnVirtualThread
public class WitnessResource {

    private static final String RESOURCE = "audit-log";

    private final LogStore logs;
    private final CheckpointStore checkpoints;
    private final CosignatureService cosignatures;
    private final SealConfig names;
    private final CurrentAudit currentAudit;

    WitnessResource(
            LogStore logs,
            CheckpointStore checkpoints,
            CosignatureService cosignatures,
            SealConfig names,
            CurrentAudit currentAudit) {
        this.logs = logs;
        this.checkpoints = checkpoints;
        this.cosignatures = cosignatures;
        this.names = names;
        this.currentAudit = currentAudit;
    }

    /** The newest checkpoint, with the proof that it continues the size that a witness co-signed last. */
    @GET
    @Path("/{log}/witness-request")
    @Produces(MediaType.TEXT_PLAIN)
    @Audited(operation = Operation.OPERATION_READ, action = "audit-log.prove", resourceType = RESOURCE)
    public String request(@PathParam("log") String text, @Context UriInfo uri) {
        int log = named(text);
        var request = new LogRequestReader(uri.getQueryParameters(), Set.of("from"));
        var signed = checkpoints
                .newest(log)
                .orElseThrow(() -> noCheckpoint(log, "any size"))
                .signed();
        long old = request.number("from", 0, signed.size()).orElse(0);
        List<TreeHash> path = old == 0
                ? List.of()
                : logs.tree(log, signed.size()).consistencyProof(old).path();
        return new WitnessRequest(old, path, SignedNote.parse(signed.note()), signed.checkpoint()).toText();
    }

    /** Takes a co-signed checkpoint, and keeps the cosignatures of the witnesses that are configured. */
    @POST
    @Path("/{log}/checkpoints/{size}/cosignatures")
    @Consumes(MediaType.TEXT_PLAIN)
    @Produces(MediaType.APPLICATION_JSON)
    @Audited(operation = Operation.OPERATION_CREATE, action = "audit-log.cosign", resourceType = RESOURCE)
    public ProofAnswers.Cosigned keep(
            @PathParam("log") String text, @PathParam("size") String sizeText, @Context UriInfo uri, String note) {
        int log = named(text);
        long size = LogRequestReader.size(sizeText);
        var _ = new LogRequestReader(uri.getQueryParameters(), Set.of());
        var signed = checkpoints.page(log, size, 1).stream()
                .map(CheckpointStore.Stored::signed)
                .filter(one -> one.size() == size)
                .findFirst()
                .orElseThrow(() -> noCheckpoint(log, "size " + size));
        var scope = currentAudit.scope().attribute("tree_size", Long.toString(size));
        scope.begin().await().indefinitely();
        var kept = keep(log, signed, note);
        scope.attribute("witnesses", String.join(",", kept));
        return new ProofAnswers.Cosigned(kept);
    }

    private List<String> keep(int log, SignedCheckpoint signed, String note) {
        try {
            return cosignatures.keep(log, signed, note);
        } catch (NoteException | IllegalArgumentException refused) {
            throw new DeepsuiteException(
                    ErrorReason.VALUE_INVALID, "body: " + refused.getMessage(), Map.of("parameter", "body"));
        }
    }

    private int named(String text) {
        int log = LogRequestReader.log(text);
        currentAudit.scope().resource(names.origin(log), "", "");
        return log;
    }

    private DeepsuiteException noCheckpoint(int log, String size) {
        return new DeepsuiteException(
                ErrorReason.CHECKPOINT_NOT_FOUND,
                "log %s has no checkpoint of %s".formatted(names.origin(log), size),
                Map.of("log", Integer.toString(log)));
    }
}
