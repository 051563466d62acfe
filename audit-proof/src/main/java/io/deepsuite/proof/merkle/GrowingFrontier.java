package io.deepsuite.proof.merkle;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjIntConsumer;

/** A log's frontier while leaves are appended one after the other; holds one hash for each bit set in the size. For one thread. */
public final class GrowingFrontier {

    private final List<TreeHash> peaks;
    private long size;

    /** @param before the log so far */
    public GrowingFrontier(Frontier before) {
        this.peaks = new ArrayList<>(before.peaks());
        this.size = before.size();
    }

    /** Number of leaves. */
    public long size() {
        return size;
    }

    /** Appends a leaf. */
    public void append(TreeHash leaf) {
        append(leaf, (_, _) -> {});
    }

    /**
     * Appends a leaf.
     *
     * @param completed told each hash that is now final, with its height: the leaf (0), then the root of each perfect subtree that the leaf completes
     */
    void append(TreeHash leaf, ObjIntConsumer<TreeHash> completed) {
        TreeHash node = leaf;
        int height = 0;
        completed.accept(node, height);
        // Like adding one to a binary number: each trailing 1 bit is a subtree that the new one completes.
        for (long rest = size; (rest & 1) == 1; rest >>= 1) {
            node = TreeHash.ofNode(peaks.removeLast(), node);
            completed.accept(node, ++height);
        }
        peaks.add(node);
        size++;
    }

    /** What has been reached. */
    public Frontier frontier() {
        return new Frontier(size, peaks);
    }
}
