package io.deepsuite.proof.merkle;

/** Where the tiles of a tree are kept. */
@FunctionalInterface
public interface TileSource {

    /**
     * Reads a tile.
     *
     * @param level 0 for leaf hashes, from 0
     * @param index place within the level, from 0
     * @param width hashes needed, 1 to {@link Tile#WIDTH}
     * @return a tile of at least {@code width} hashes
     */
    Tile read(int level, long index, int width);
}
