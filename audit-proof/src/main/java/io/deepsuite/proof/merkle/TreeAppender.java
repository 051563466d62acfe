package io.deepsuite.proof.merkle;

import java.util.ArrayList;
import java.util.List;

/** Appends a batch of leaves to a tree, and gathers the hashes that its tiles gain. For one thread. */
public final class TreeAppender {

    private final List<TreeHash> peaks;
    private final long firstLeaf;
    private final List<List<TreeHash>> gained = new ArrayList<>();
    private long size;

    /** @param before the tree so far */
    public TreeAppender(Frontier before) {
        this.peaks = new ArrayList<>(before.peaks());
        this.firstLeaf = before.size();
        this.size = before.size();
    }

    /**
     * Appends a leaf.
     *
     * @return its leaf index
     */
    public long append(TreeHash leaf) {
        TreeHash node = leaf;
        gain(0, node);
        int height = 0;
        // Like adding one to a binary number: each trailing 1 bit is a subtree that the new one completes.
        for (long rest = size; (rest & 1) == 1; rest >>= 1) {
            node = TreeHash.ofNode(peaks.removeLast(), node);
            height++;
            if (height % Tile.HEIGHT == 0) {
                gain(height / Tile.HEIGHT, node);
            }
        }
        peaks.add(node);
        return size++;
    }

    /** What the log must remember to go on. */
    public Frontier frontier() {
        return new Frontier(size, peaks);
    }

    /** Hashes that the tiles have gained since the beginning, by level and place. */
    public List<TileRun> runs() {
        List<TileRun> runs = new ArrayList<>();
        for (int level = 0; level < gained.size(); level++) {
            List<TreeHash> hashes = gained.get(level);
            long first = firstLeaf >> (level * Tile.HEIGHT);
            for (int from = 0; from < hashes.size(); ) {
                int room = Tile.WIDTH - (int) ((first + from) % Tile.WIDTH);
                int to = Math.min(hashes.size(), from + room);
                runs.add(new TileRun(level, first + from, hashes.subList(from, to)));
                from = to;
            }
        }
        return runs;
    }

    private void gain(int level, TreeHash hash) {
        if (level == gained.size()) {
            gained.add(new ArrayList<>());
        }
        gained.get(level).add(hash);
    }
}
