package io.deepsuite.audit.proof;

import io.deepsuite.audit.checkpoint.CheckpointStore;
import io.deepsuite.audit.tier.ArchivedRecord;
import io.deepsuite.proof.merkle.ConsistencyProof;
import io.deepsuite.proof.merkle.InclusionProof;
import io.deepsuite.proof.merkle.TreeHash;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bodies of the answers. Hashes are standard base64; sizes and places are JSON numbers. */
final class ProofAnswers {

    private ProofAnswers() {}

    /**
     * The logs.
     *
     * @param keys public keys that sign now, in the text form of C2SP signed-note; trust them only after comparing them with what you were given
     */
    record Logs(List<Log> logs, List<String> keys) {}

    /**
     * One log.
     *
     * @param treeSize leaves it has now
     * @param checkpoint newest checkpoint; null before the first
     * @param damage why it gets no checkpoint any more; null as it should be
     */
    record Log(
            int log,
            String origin,
            long treeSize,
            @Nullable SignedSize checkpoint,
            @Nullable String damage) {}

    /**
     * A checkpoint.
     *
     * @param signedTime RFC 3339, by the clock of the database
     * @param note signed note
     */
    record SignedSize(long treeSize, String rootHash, String signedTime, String note) {

        static SignedSize of(CheckpointStore.Stored stored) {
            var checkpoint = stored.signed().checkpoint();
            return new SignedSize(
                    checkpoint.size(),
                    checkpoint.root().toBase64(),
                    stored.signedAt().toString(),
                    stored.signed().note());
        }
    }

    /**
     * Checkpoints of a log.
     *
     * @param nextSize {@code largest} of the next page; 0 on the last
     */
    record Checkpoints(List<SignedSize> checkpoints, long nextSize) {}

    /** Proof that the tree of one size is the beginning of that of another. */
    record Consistency(String origin, long from, long to, String fromRoot, String toRoot, List<String> path) {

        static Consistency of(String origin, ConsistencyProof proof, TreeHash from, TreeHash to) {
            return new Consistency(
                    origin, proof.oldSize(), proof.newSize(), from.toBase64(), to.toBase64(), base64(proof.path()));
        }
    }

    /** Names of the witnesses whose cosignatures are kept. */
    record Cosigned(List<String> witnesses) {}

    /**
     * An operation with its proofs.
     *
     * @param archived records of it that have left the store; their archives prove them
     */
    record EventProof(String id, List<RecordProof> records, List<RecordPlace> archived) {}

    /** Where a record is that has left the store. */
    record RecordPlace(String phase, String origin, long leafIndex, String month, String manifest, String location) {

        static RecordPlace of(ArchivedRecord record, String origin) {
            var month = record.month();
            return new RecordPlace(
                    record.phase(),
                    origin,
                    record.leaf(),
                    month.month().toString(),
                    month.manifest(),
                    month.location());
        }
    }

    /**
     * A record of an operation with its proof.
     *
     * @param phase {@code INTENT} or {@code OUTCOME}
     * @param event exact bytes
     */
    record RecordProof(
            String phase,
            String event,
            String origin,
            int log,
            long leafIndex,
            String leafHash,
            long treeSize,
            String rootHash,
            List<String> path,
            String checkpoint) {

        static RecordProof of(SealedRecord record, String origin, InclusionProof proof, CheckpointStore.Stored stored) {
            return new RecordProof(
                    record.phase(),
                    Base64.getEncoder().encodeToString(record.event()),
                    origin,
                    record.log(),
                    record.leaf(),
                    TreeHash.ofLeaf(record.event()).toBase64(),
                    proof.treeSize(),
                    stored.signed().checkpoint().root().toBase64(),
                    base64(proof.path()),
                    stored.signed().note());
        }
    }

    private static List<String> base64(List<TreeHash> hashes) {
        return hashes.stream().map(TreeHash::toBase64).toList();
    }
}
