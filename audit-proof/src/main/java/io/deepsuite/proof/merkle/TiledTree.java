package io.deepsuite.proof.merkle;

import java.util.ArrayList;
import java.util.List;

/** A tree of a given size whose hashes are read from tiles; makes its root and its proofs. Reads O(log n) tiles for each. */
public final class TiledTree {

    private final long size;
    private final TileSource tiles;

    /**
     * @param size number of leaves, 0 or more; the source must have the tiles of all of them
     */
    public TiledTree(long size, TileSource tiles) {
        if (size < 0) {
            throw new IllegalArgumentException("size: %d (expected: 0 or more)".formatted(size));
        }
        this.size = size;
        this.tiles = tiles;
    }

    /** Root of the tree. */
    public TreeHash root() {
        return size == 0 ? TreeHash.empty() : range(0, size);
    }

    /** What a log of this size must remember to go on. */
    public Frontier frontier() {
        List<TreeHash> peaks = new ArrayList<>();
        long from = 0;
        for (long bit = Long.highestOneBit(size); bit > 0; bit >>= 1) {
            if ((size & bit) != 0) {
                peaks.add(range(from, from + bit));
                from += bit;
            }
        }
        return new Frontier(size, peaks);
    }

    /**
     * Proof that the leaf is in this tree.
     *
     * @param leafIndex 0 to size - 1
     */
    public InclusionProof inclusionProof(long leafIndex) {
        if (leafIndex < 0 || leafIndex >= size) {
            throw new IllegalArgumentException("leafIndex: %d (expected: 0 to %d)".formatted(leafIndex, size - 1));
        }
        List<TreeHash> path = new ArrayList<>();
        inclusionPath(leafIndex, 0, size, path);
        return new InclusionProof(leafIndex, size, path);
    }

    /**
     * Proof that a smaller tree is the beginning of this one.
     *
     * @param oldSize 0 to size
     */
    public ConsistencyProof consistencyProof(long oldSize) {
        if (oldSize < 0 || oldSize > size) {
            throw new IllegalArgumentException("oldSize: %d (expected: 0 to %d)".formatted(oldSize, size));
        }
        List<TreeHash> path = new ArrayList<>();
        if (oldSize > 0 && oldSize < size) {
            consistencyPath(oldSize, 0, size, true, path);
        }
        return new ConsistencyProof(oldSize, size, path);
    }

    /** PATH(m, D[n]) of RFC 6962, section 2.1.1, for the leaves from {@code from} to {@code to}. */
    private void inclusionPath(long leaf, long from, long to, List<TreeHash> path) {
        if (to - from == 1) {
            return;
        }
        long middle = from + split(to - from);
        if (leaf < middle) {
            inclusionPath(leaf, from, middle, path);
            path.add(range(middle, to));
        } else {
            inclusionPath(leaf, middle, to, path);
            path.add(range(from, middle));
        }
    }

    /**
     * SUBPROOF(m, D[n], b) of RFC 6962, section 2.1.2.
     *
     * @param known whether the verifier has this subtree's root already
     */
    private void consistencyPath(long oldSize, long from, long to, boolean known, List<TreeHash> path) {
        if (oldSize == to) {
            if (!known) {
                path.add(range(from, to));
            }
            return;
        }
        long middle = from + split(to - from);
        if (oldSize <= middle) {
            consistencyPath(oldSize, from, middle, known, path);
            path.add(range(middle, to));
        } else {
            consistencyPath(oldSize, middle, to, false, path);
            path.add(range(from, middle));
        }
    }

    /** Largest power of two below {@code count}. */
    private static long split(long count) {
        return Long.highestOneBit(count - 1);
    }

    /** Root of the leaves from {@code from} to {@code to}; {@code from} is a multiple of the subtree's span. */
    private TreeHash range(long from, long to) {
        long count = to - from;
        if (Long.bitCount(count) == 1) {
            return perfect(from, Long.numberOfTrailingZeros(count));
        }
        long middle = from + split(count);
        return TreeHash.ofNode(range(from, middle), range(middle, to));
    }

    /** Root of the perfect subtree with 2^height leaves from {@code from} on. */
    private TreeHash perfect(long from, int height) {
        int level = height / Tile.HEIGHT;
        int within = height % Tile.HEIGHT;
        long firstHash = from >> (level * Tile.HEIGHT);
        long tile = firstHash / Tile.WIDTH;
        int offset = (int) (firstHash % Tile.WIDTH);
        return tiles.read(level, tile, offset + (1 << within)).node(within, offset >> within);
    }
}
