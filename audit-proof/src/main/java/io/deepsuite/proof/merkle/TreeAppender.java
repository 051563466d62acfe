package io.deepsuite.proof.merkle;

import java.util.ArrayList;
import java.util.List;

/** Appends a batch of leaves to a tree, and gathers the hashes that its tiles gain. For one thread. */
public final class TreeAppender {

    private final GrowingFrontier tree;
    private final long firstLeaf;
    private final List<List<TreeHash>> gained = new ArrayList<>();

    /** @param before the tree so far */
    public TreeAppender(Frontier before) {
        this.tree = new GrowingFrontier(before);
        this.firstLeaf = before.size();
    }

    /**
     * Appends a leaf.
     *
     * @return its leaf index
     */
    public long append(TreeHash leaf) {
        long index = tree.size();
        tree.append(leaf, this::gain);
        return index;
    }

    /** What the log must remember to go on. */
    public Frontier frontier() {
        return tree.frontier();
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

    private void gain(TreeHash hash, int height) {
        if (height % Tile.HEIGHT != 0) {
            return;
        }
        int level = height / Tile.HEIGHT;
        if (level == gained.size()) {
            gained.add(new ArrayList<>());
        }
        gained.get(level).add(hash);
    }
}
