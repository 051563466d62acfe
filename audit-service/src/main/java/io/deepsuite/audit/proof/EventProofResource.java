package io.deepsuite.audit.proof;

import io.deepsuite.audit.checkpoint.CheckpointStore;
import io.deepsuite.audit.seal.LogStore;
import io.deepsuite.audit.seal.SealConfig;
import io.deepsuite.audit.v1.Operation;
import io.deepsuite.journal.scope.Audited;
import io.deepsuite.journal.scope.AuditedOutput;
import io.deepsuite.journal.scope.CurrentAudit;
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
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Proofs of single operations. */
@Path("/api/v1/audit-events")
@RolesAllowed("auditor")
@RunOnVirtualThread
public class EventProofResource {

    private final EventProofService proofs;
    private final LogStore logs;
    private final CheckpointStore checkpoints;
    private final BundleService bundles;
    private final SealConfig names;
    private final CurrentCall currentCall;
    private final CurrentAudit currentAudit;
    private final InstantSource clock;

    EventProofResource(
            EventProofService proofs,
            LogStore logs,
            CheckpointStore checkpoints,
            BundleService bundles,
            SealConfig names,
            CurrentCall currentCall,
            CurrentAudit currentAudit,
            InstantSource clock) {
        this.proofs = proofs;
        this.logs = logs;
        this.checkpoints = checkpoints;
        this.bundles = bundles;
        this.names = names;
        this.currentCall = currentCall;
        this.currentAudit = currentAudit;
        this.clock = clock;
    }

    /** Proves that an operation's records are in the logs. */
    @GET
    @Path("/{id}/proof")
    @Produces(MediaType.APPLICATION_JSON)
    @Audited(operation = Operation.OPERATION_READ, action = "audit-event.prove", resourceType = "audit-event")
    public ProofAnswers.EventProof proof(@PathParam("id") String id, @Context UriInfo uri) {
        var records = records(id, uri);
        var covering = covering(records);
        return new ProofAnswers.EventProof(
                id,
                records.stream()
                        .map(record -> {
                            var stored = Objects.requireNonNull(covering.get(record.log()));
                            var proof = logs.tree(record.log(), stored.signed().size())
                                    .inclusionProof(record.leaf());
                            return ProofAnswers.RecordProof.of(record, names.origin(record.log()), proof, stored);
                        })
                        .toList(),
                proofs.archived(currentCall.caller().tenant(), EventProofService.eventId(id)).stream()
                        .map(record -> ProofAnswers.RecordPlace.of(record, names.origin(record.log())))
                        .toList());
    }

    /** The same as a bundle that the verifier reads. */
    @GET
    @Path("/{id}/bundle")
    @Produces("application/x-ndjson")
    @Audited(operation = Operation.OPERATION_READ, action = "audit-event.export", resourceType = "audit-event")
    public StreamingOutput bundle(@PathParam("id") String id, @Context UriInfo uri) {
        var records = records(id, uri);
        var created = clock.instant();
        var covering = covering(records);
        return new AuditedOutput(currentAudit.scope(), out -> bundles.write(records, covering, created, out));
    }

    private List<SealedRecord> records(String id, UriInfo uri) {
        var eventId = EventProofService.eventId(id);
        currentAudit.scope().resource(id, "", "");
        var _ = new LogRequestReader(uri.getQueryParameters(), Set.of());
        return proofs.records(currentCall.caller().tenant(), eventId);
    }

    /** The newest checkpoint of each record's log. */
    private Map<Integer, CheckpointStore.Stored> covering(List<SealedRecord> records) {
        Map<Integer, CheckpointStore.Stored> covering = new HashMap<>();
        for (var record : records) {
            var newest = covering.computeIfAbsent(
                    record.log(), log -> checkpoints.newest(log).orElseThrow(() -> notCovered(record)));
            if (newest.signed().size() <= record.leaf()) {
                throw notCovered(record);
            }
        }
        return covering;
    }

    private DeepsuiteException notCovered(SealedRecord record) {
        return new DeepsuiteException(
                ErrorReason.CHECKPOINT_NOT_FOUND,
                "no checkpoint of log %s covers leaf %d yet".formatted(names.origin(record.log()), record.leaf()),
                Map.of("log", Integer.toString(record.log())));
    }
}
