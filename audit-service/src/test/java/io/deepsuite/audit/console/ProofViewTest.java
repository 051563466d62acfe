package io.deepsuite.audit.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.proof.merkle.InclusionProof;
import io.deepsuite.proof.merkle.TreeHash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProofViewTest {

    @Test
    void stepsLeadFromEveryLeafOfEverySizeToTheRoot() {
        for (int size = 1; size <= 40; size++) {
            var leaves = leaves(size);
            var root = root(leaves);
            for (int leaf = 0; leaf < size; leaf++) {
                var proof = new InclusionProof(leaf, size, path(leaf, leaves));

                var steps = ProofView.steps(leaves.get(leaf), proof);

                assertThat(proof.verifies(leaves.get(leaf), root)).isTrue();
                assertThat(steps).hasSameSizeAs(proof.path());
                assertThat(
                                steps.isEmpty()
                                        ? leaves.get(leaf).toString()
                                        : steps.getLast().result())
                        .isEqualTo(root.toString());
            }
        }
    }

    @Test
    void stepsSayOnWhichSideTheSiblingStands() {
        var leaves = leaves(3);

        assertThat(ProofView.steps(leaves.get(1), new InclusionProof(1, 3, path(1, leaves))))
                .extracting(ProofView.Step::side)
                .containsExactly("left", "right");
        assertThat(ProofView.steps(leaves.get(2), new InclusionProof(2, 3, path(2, leaves))))
                .extracting(ProofView.Step::side)
                .containsExactly("left");
    }

    @Test
    void whatIsNoSignedNoteIsNotSigned() {
        assertThat(ProofView.isSigned("deepsuite/0\n1\nAAAA\n", List.of())).isFalse();
    }

    private static List<TreeHash> leaves(int size) {
        List<TreeHash> leaves = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            leaves.add(TreeHash.ofLeaf(("event " + i).getBytes(StandardCharsets.UTF_8)));
        }
        return leaves;
    }

    /** RFC 9162, section 2.1.1: the largest power of two below the size stands left. */
    private static TreeHash root(List<TreeHash> leaves) {
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int left = Integer.highestOneBit(leaves.size() - 1);
        return TreeHash.ofNode(root(leaves.subList(0, left)), root(leaves.subList(left, leaves.size())));
    }

    /** RFC 9162, section 2.1.3.1. */
    private static List<TreeHash> path(int leaf, List<TreeHash> leaves) {
        List<TreeHash> path = new ArrayList<>();
        if (leaves.size() > 1) {
            int left = Integer.highestOneBit(leaves.size() - 1);
            var lower = leaves.subList(0, left);
            var upper = leaves.subList(left, leaves.size());
            path.addAll(leaf < left ? path(leaf, lower) : path(leaf - left, upper));
            path.add(root(leaf < left ? upper : lower));
        }
        return path;
    }
}
