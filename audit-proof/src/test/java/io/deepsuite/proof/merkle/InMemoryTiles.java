package io.deepsuite.proof.merkle;

import java.util.ArrayList;
import java.util.List;

/** Tiles of a tree that is held whole, made the slow and obvious way. */
final class InMemoryTiles implements TileSource {

    private final List<List<TreeHash>> levels = new ArrayList<>();

    InMemoryTiles(List<TreeHash> leaves) {
        levels.add(leaves);
        while (levels.getLast().size() >= Tile.WIDTH) {
            List<TreeHash> below = levels.getLast();
            List<TreeHash> roots = new ArrayList<>();
            for (int from = 0; from + Tile.WIDTH <= below.size(); from += Tile.WIDTH) {
                roots.add(Tile.of(below.subList(from, from + Tile.WIDTH)).root());
            }
            levels.add(roots);
        }
    }

    @Override
    public Tile read(int level, long index, int width) {
        List<TreeHash> hashes = levels.get(level);
        int from = Math.toIntExact(index * Tile.WIDTH);
        return Tile.of(hashes.subList(from, Math.min(from + Tile.WIDTH, hashes.size())));
    }
}
