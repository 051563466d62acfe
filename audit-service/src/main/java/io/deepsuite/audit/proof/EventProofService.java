package io.deepsuite.audit.proof;

import io.deepsuite.audit.checkpoint.CheckpointStore;
import io.deepsuite.audit.database.DatabaseFailureStore;
import io.deepsuite.audit.event.AuditEventProtoMapper;
import io.deepsuite.audit.seal.LogStore;
import io.deepsuite.audit.seal.SealConfig;
import io.deepsuite.audit.tier.ArchivedRecord;
import io.deepsuite.audit.tier.TierStore;
import io.deepsuite.proof.merkle.InclusionProof;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Proves single operations for other features. Waits for the database: for virtual threads. */
@ApplicationScoped
public class EventProofService {

    private final ProofStore store;
    private final LogStore logs;
    private final CheckpointStore checkpoints;
    private final TierStore tiers;
    private final SealConfig names;

    EventProofService(ProofStore store, LogStore logs, CheckpointStore checkpoints, TierStore tiers, SealConfig names) {
        this.tiers = tiers;
        this.store = store;
        this.logs = logs;
        this.checkpoints = checkpoints;
        this.names = names;
    }

    /**
     * A record of an operation.
     *
     * @param phase {@code INTENT} or {@code OUTCOME}
     * @param event exact bytes
     * @param origin name of the log
     * @param leaf leaf index
     * @param proof empty while no checkpoint covers the leaf
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Evidence(String phase, byte[] event, String origin, long leaf, Optional<Sealed> proof) {}

    /**
     * Proof that a record is in its log.
     *
     * @param inclusion leads from the leaf to the root of the checkpoint
     * @param checkpoint the newest of the log
     */
    public record Sealed(InclusionProof inclusion, CheckpointStore.Stored checkpoint) {}

    /**
     * The records of an operation, outcome before intent as they are stored.
     *
     * @throws DeepsuiteException {@link ErrorReason#AUDIT_EVENT_NOT_FOUND} if the tenant has no such event, {@link ErrorReason#AUDIT_EVENT_ARCHIVED} if an archive
     *     has it
     */
    public List<Evidence> prove(String tenant, UUID id) {
        return records(tenant, id).stream()
                .map(record -> new Evidence(
                        record.phase(), record.event(), names.origin(record.log()), record.leaf(), sealed(record)))
                .toList();
    }

    /**
     * The id of an operation as a caller wrote it, to be read before it gets anywhere else.
     *
     * @throws DeepsuiteException {@link ErrorReason#VALUE_INVALID} if it is no UUID
     */
    public static UUID eventId(String id) {
        return AuditEventProtoMapper.canonicalUuid(id)
                .orElseThrow(() -> LogRequestReader.invalid("id", id, "a UUID in lower-case canonical form"));
    }

    /**
     * Records that the store has.
     *
     * @throws DeepsuiteException {@link ErrorReason#AUDIT_EVENT_NOT_FOUND} if the tenant has no such event, {@link ErrorReason#AUDIT_EVENT_ARCHIVED} if an archive
     *     has it
     */
    List<SealedRecord> records(String tenant, UUID id) {
        var records = store.records(tenant, id);
        if (records.isEmpty()) {
            throw archived(tenant, id).stream()
                    .findFirst()
                    .map(record -> record.gone(id))
                    .orElseGet(() -> new DeepsuiteException(
                            ErrorReason.AUDIT_EVENT_NOT_FOUND,
                            "no sealed audit event \"%s\"".formatted(id),
                            Map.of("id", id.toString())));
        }
        return records;
    }

    /** Records of an operation that are in archives only: an intent of the last second of a month can be. */
    List<ArchivedRecord> archived(String tenant, UUID id) {
        return DatabaseFailureStore.await(tiers.records(tenant, id), names.timeout());
    }

    private Optional<Sealed> sealed(SealedRecord record) {
        return checkpoints
                .newest(record.log())
                .filter(newest -> newest.signed().size() > record.leaf())
                .map(newest -> new Sealed(
                        logs.tree(record.log(), newest.signed().size()).inclusionProof(record.leaf()), newest));
    }
}
