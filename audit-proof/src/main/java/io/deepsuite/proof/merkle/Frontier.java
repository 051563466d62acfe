package io.deepsuite.proof.merkle;

import java.util.List;

/**
 * What a log must remember to go on: the roots of the perfect subtrees that its leaves form, largest first. One hash for each bit set in the size, so at most
 * 63 hashes whatever the size.
 *
 * @param size number of leaves, 0 or more
 * @param peaks roots of the perfect subtrees from left to right; as many as {@code size} has bits set
 */
public record Frontier(long size, List<TreeHash> peaks) {

    public Frontier {
        if (size < 0) {
            throw new IllegalArgumentException("size: %d (expected: 0 or more)".formatted(size));
        }
        peaks = List.copyOf(peaks);
        if (peaks.size() != Long.bitCount(size)) {
            throw new IllegalArgumentException(
                    "peaks: %d (expected: %d for size %d)".formatted(peaks.size(), Long.bitCount(size), size));
        }
    }

    /** The log without leaves. */
    public static Frontier empty() {
        return new Frontier(0, List.of());
    }

    /** The log with one more leaf. */
    public Frontier append(TreeHash leaf) {
        var grown = new GrowingFrontier(this);
        grown.append(leaf);
        return grown.frontier();
    }

    /** Root of the tree. */
    public TreeHash root() {
        if (peaks.isEmpty()) {
            return TreeHash.empty();
        }
        TreeHash root = peaks.getLast();
        for (int i = peaks.size() - 2; i >= 0; i--) {
            root = TreeHash.ofNode(peaks.get(i), root);
        }
        return root;
    }
}
