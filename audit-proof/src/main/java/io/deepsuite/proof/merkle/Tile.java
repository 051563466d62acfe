package io.deepsuite.proof.merkle;

import java.util.ArrayList;
import java.util.List;

/**
 * A run of neighbouring hashes of one level, which is how a tree is stored: a full tile never changes again.
 *
 * <p>A tile of level 0 holds leaf hashes; a tile of level {@code n} holds the roots of full tiles of level {@code n - 1}. Source: C2SP tlog-tiles.
 */
public final class Tile {

    /** Hashes of a full tile. */
    public static final int WIDTH = 256;

    /** Levels of the tree that one tile spans: 2^8 = {@link #WIDTH}. */
    public static final int HEIGHT = 8;

    private final byte[] packed;
    private final int width;

    private Tile(byte[] packed, int width) {
        this.packed = packed;
        this.width = width;
    }

    /**
     * Reads a stored tile.
     *
     * @param packed 1 to {@link #WIDTH} hashes, one behind the other
     * @throws IllegalArgumentException for any other length
     */
    public static Tile of(byte[] packed) {
        int width = packed.length / TreeHash.LENGTH;
        if (width < 1 || width > WIDTH || packed.length % TreeHash.LENGTH != 0) {
            throw new IllegalArgumentException("tile length: %d bytes (expected: %d times 1 to %d)"
                    .formatted(packed.length, TreeHash.LENGTH, WIDTH));
        }
        return new Tile(packed.clone(), width);
    }

    /**
     * Packs hashes into a tile.
     *
     * @param hashes 1 to {@link #WIDTH}
     */
    public static Tile of(List<TreeHash> hashes) {
        byte[] packed = new byte[hashes.size() * TreeHash.LENGTH];
        for (int i = 0; i < hashes.size(); i++) {
            hashes.get(i).copyTo(packed, i);
        }
        return of(packed);
    }

    /** Number of hashes, 1 to {@link #WIDTH}. */
    public int width() {
        return width;
    }

    /** Whether the tile will never change. */
    public boolean full() {
        return width == WIDTH;
    }

    /** Hashes one behind the other. */
    public byte[] toBytes() {
        return packed.clone();
    }

    /**
     * Root of the subtree that a full tile stands for.
     *
     * @throws IllegalStateException when it is not full
     */
    public TreeHash root() {
        if (!full()) {
            throw new IllegalStateException("tile width: %d (expected: %d)".formatted(width, WIDTH));
        }
        return node(HEIGHT, 0);
    }

    /**
     * Hash of a node inside the tile.
     *
     * @param height levels above the tile's own hashes, 0 to {@link #HEIGHT}
     * @param index place within that height, from 0
     */
    TreeHash node(int height, int index) {
        int first = index << height;
        int count = 1 << height;
        if (first + count > width) {
            throw new IllegalArgumentException("node %d at height %d ends at hash %d (tile width: %d)"
                    .formatted(index, height, first + count, width));
        }
        List<TreeHash> row = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            row.add(TreeHash.at(packed, first + i));
        }
        while (row.size() > 1) {
            List<TreeHash> above = new ArrayList<>(row.size() / 2);
            for (int i = 0; i < row.size(); i += 2) {
                above.add(TreeHash.ofNode(row.get(i), row.get(i + 1)));
            }
            row = above;
        }
        return row.getFirst();
    }
}
