package io.deepsuite.proof.merkle;

import java.util.List;
import java.util.Optional;

/**
 * Proof that a leaf is in the tree at its place.
 *
 * <p>Source: RFC 9162, sections 2.1.3.1 and 2.1.3.2 (the same tree as RFC 6962).
 *
 * @param leafIndex place of the leaf, from 0
 * @param treeSize number of leaves of the tree; more than {@code leafIndex}
 * @param path hashes of the siblings, from the leaf to the root
 */
public record InclusionProof(long leafIndex, long treeSize, List<TreeHash> path) {

    public InclusionProof {
        if (leafIndex < 0 || leafIndex >= treeSize) {
            throw new IllegalArgumentException("leafIndex: %d (expected: 0 to %d)".formatted(leafIndex, treeSize - 1));
        }
        path = List.copyOf(path);
    }

    /** The root that the proof leads to from a leaf; empty when the path has the wrong length. */
    public Optional<TreeHash> root(TreeHash leaf) {
        long node = leafIndex;
        long last = treeSize - 1;
        TreeHash hash = leaf;
        for (TreeHash sibling : path) {
            if (last == 0) {
                return Optional.empty();
            }
            if ((node & 1) == 1 || node == last) {
                hash = TreeHash.ofNode(sibling, hash);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                hash = TreeHash.ofNode(hash, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 ? Optional.of(hash) : Optional.empty();
    }

    /** Whether the leaf is in the tree of that root. */
    public boolean verifies(TreeHash leaf, TreeHash root) {
        return root(leaf).filter(root::equals).isPresent();
    }
}
