package io.deepsuite.proof.merkle;

import java.util.List;

/**
 * Proof that a tree is the beginning of a larger one: nothing was changed or removed in between.
 *
 * <p>Source: RFC 9162, sections 2.1.4.1 and 2.1.4.2.
 *
 * @param oldSize leaves of the smaller tree, 0 or more
 * @param newSize leaves of the larger tree, at least {@code oldSize}
 * @param path hashes in the order of the source
 */
public record ConsistencyProof(long oldSize, long newSize, List<TreeHash> path) {

    public ConsistencyProof {
        if (oldSize < 0 || newSize < oldSize) {
            throw new IllegalArgumentException(
                    "sizes: %d and %d (expected: 0 <= old <= new)".formatted(oldSize, newSize));
        }
        path = List.copyOf(path);
    }

    /** Whether the tree of {@code newRoot} begins with the tree of {@code oldRoot}. */
    public boolean verifies(TreeHash oldRoot, TreeHash newRoot) {
        if (oldSize == newSize) {
            return path.isEmpty() && oldRoot.equals(newRoot);
        }
        if (oldSize == 0) {
            return path.isEmpty() && oldRoot.equals(TreeHash.empty());
        }
        return !path.isEmpty() && verifiesPath(oldRoot, newRoot);
    }

    private boolean verifiesPath(TreeHash oldRoot, TreeHash newRoot) {
        // A perfect old tree is itself the first node of the path, and is left out of it.
        boolean perfect = Long.bitCount(oldSize) == 1;
        int next = perfect ? 0 : 1;
        TreeHash oldHash = perfect ? oldRoot : path.getFirst();
        TreeHash newHash = oldHash;
        int trailing = Long.numberOfTrailingZeros(oldSize);
        long node = (oldSize - 1) >> trailing;
        long last = (newSize - 1) >> trailing;
        for (; next < path.size(); next++) {
            TreeHash sibling = path.get(next);
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                oldHash = TreeHash.ofNode(sibling, oldHash);
                newHash = TreeHash.ofNode(sibling, newHash);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                newHash = TreeHash.ofNode(newHash, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && oldHash.equals(oldRoot) && newHash.equals(newRoot);
    }
}
