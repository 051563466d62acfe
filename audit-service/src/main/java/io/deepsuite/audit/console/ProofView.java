package io.deepsuite.audit.console;

import io.deepsuite.audit.proof.EventProofService.Evidence;
import io.deepsuite.audit.proof.EventProofService.Sealed;
import io.deepsuite.proof.merkle.InclusionProof;
import io.deepsuite.proof.merkle.TreeHash;
import io.deepsuite.proof.note.NoteException;
import io.deepsuite.proof.note.NoteVerifier;
import io.deepsuite.proof.note.SignedNote;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A record of an operation and its proof, step by step, with what a browser needs to go through it again.
 *
 * @param event exact bytes, standard base64
 * @param leafHash lower-case hexadecimal
 * @param path siblings from the leaf to the root, standard base64, separated by spaces
 * @param root root that the checkpoint signs, lower-case hexadecimal
 * @param note signed note, standard base64 of UTF-8
 * @param noteText the same to read
 * @param keys public keys in the text form of signed notes, separated by spaces
 * @param included whether the steps lead to the root
 * @param signed whether a key that is known here signed the checkpoint
 */
public record ProofView(
        EventView view,
        String phase,
        String event,
        String origin,
        long leaf,
        String leafHash,
        boolean covered,
        long treeSize,
        String path,
        String root,
        String signedTime,
        String note,
        String noteText,
        String keys,
        List<Step> steps,
        boolean included,
        boolean signed) {

    /**
     * One fold.
     *
     * @param number from 1
     * @param side where the sibling stands, {@code left} or {@code right}
     * @param sibling lower-case hexadecimal
     * @param result hash of both, lower-case hexadecimal
     */
    public record Step(int number, String side, String sibling, String result) {}

    static ProofView of(Evidence evidence, EventView view, List<NoteVerifier> keys) {
        return evidence.proof()
                .map(proof -> covered(evidence, view, proof, keys))
                .orElseGet(() -> uncovered(evidence, view));
    }

    /** Whether all of it is right. */
    public boolean verified() {
        return covered && included && signed;
    }

    private static ProofView covered(Evidence evidence, EventView view, Sealed proof, List<NoteVerifier> keys) {
        var leafHash = TreeHash.ofLeaf(evidence.event());
        var inclusion = proof.inclusion();
        var checkpoint = proof.checkpoint().signed();
        var root = checkpoint.checkpoint().root();
        return new ProofView(
                view,
                evidence.phase(),
                base64(evidence.event()),
                evidence.origin(),
                evidence.leaf(),
                leafHash.toString(),
                true,
                inclusion.treeSize(),
                inclusion.path().stream().map(TreeHash::toBase64).collect(Collectors.joining(" ")),
                root.toString(),
                proof.checkpoint().signedAt().toString(),
                base64(checkpoint.note().getBytes(StandardCharsets.UTF_8)),
                checkpoint.note(),
                keys.stream().map(NoteVerifier::toText).collect(Collectors.joining(" ")),
                steps(leafHash, inclusion),
                inclusion.verifies(leafHash, root)
                        && checkpoint.checkpoint().origin().equals(evidence.origin()),
                isSigned(checkpoint.note(), keys));
    }

    private static ProofView uncovered(Evidence evidence, EventView view) {
        return new ProofView(
                view,
                evidence.phase(),
                base64(evidence.event()),
                evidence.origin(),
                evidence.leaf(),
                TreeHash.ofLeaf(evidence.event()).toString(),
                false,
                0,
                "",
                "",
                "",
                "",
                "",
                "",
                List.of(),
                false,
                false);
    }

    /** The folds of a proof. Source: RFC 9162, section 2.1.3.2. */
    static List<Step> steps(TreeHash leafHash, InclusionProof inclusion) {
        List<Step> steps = new ArrayList<>();
        long node = inclusion.leafIndex();
        long last = inclusion.treeSize() - 1;
        var hash = leafHash;
        for (var sibling : inclusion.path()) {
            boolean left = (node & 1) == 1 || node == last;
            hash = left ? TreeHash.ofNode(sibling, hash) : TreeHash.ofNode(hash, sibling);
            steps.add(new Step(steps.size() + 1, left ? "left" : "right", sibling.toString(), hash.toString()));
            while (left && (node & 1) == 0 && node != 0) {
                node >>= 1;
                last >>= 1;
            }
            node >>= 1;
            last >>= 1;
        }
        return steps;
    }

    static boolean isSigned(String note, List<NoteVerifier> keys) {
        try {
            return !SignedNote.parse(note).verify(keys).isEmpty();
        } catch (NoteException _) {
            return false;
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
