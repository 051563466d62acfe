package io.deepsuite.proof.merkle;

import java.util.List;

/**
 * Neighbouring hashes that a tile gained: a tile is its runs, one behind the other.
 *
 * @param level level of the tile, from 0
 * @param first place of the first hash within the level, from 0
 * @param hashes 1 to {@link Tile#WIDTH}; the last one lies in the same tile as the first
 */
public record TileRun(int level, long first, List<TreeHash> hashes) {

    public TileRun {
        hashes = List.copyOf(hashes);
        if (hashes.isEmpty() || first / Tile.WIDTH != (first + hashes.size() - 1) / Tile.WIDTH) {
            throw new IllegalArgumentException(
                    "run: %d hashes from %d on (expected: 1 or more, of one tile)".formatted(hashes.size(), first));
        }
    }

    /** The hashes one behind the other. */
    public byte[] packed() {
        byte[] packed = new byte[hashes.size() * TreeHash.LENGTH];
        for (int i = 0; i < hashes.size(); i++) {
            hashes.get(i).copyTo(packed, i);
        }
        return packed;
    }
}
