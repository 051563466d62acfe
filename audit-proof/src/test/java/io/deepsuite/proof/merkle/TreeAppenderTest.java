package io.deepsuite.proof.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TreeAppenderTest {

    /** Tiles as the runs of batch after batch make them. */
    private final Map<String, List<TreeHash>> tiles = new HashMap<>();

    @Property(tries = 40)
    void tilesOfAnyBatchesAreThoseOfTheWholeTree(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 400) Integer> batches) {
        tiles.clear();
        Frontier frontier = Frontier.empty();
        List<TreeHash> leaves = new ArrayList<>();
        for (int batch : batches) {
            frontier = append(frontier, batch, leaves);
        }

        var whole = new TiledTree(leaves.size(), new InMemoryTiles(leaves));
        var stored = new TiledTree(leaves.size(), (level, index, _) -> Tile.of(tile(level, index)));
        assertThat(frontier).isEqualTo(whole.frontier());
        assertThat(stored.root()).isEqualTo(whole.root());
        assertThat(stored.inclusionProof(leaves.size() / 2)).isEqualTo(whole.inclusionProof(leaves.size() / 2));
        assertThat(stored.consistencyProof(leaves.size() / 3)).isEqualTo(whole.consistencyProof(leaves.size() / 3));
    }

    @Test
    void fullTilesOfEveryLevelAreGained() {
        var leaves = new ArrayList<TreeHash>();
        Frontier frontier = append(Frontier.empty(), Tile.WIDTH * Tile.WIDTH + 1, leaves);

        assertThat(tile(0, 255)).hasSize(Tile.WIDTH);
        assertThat(tile(1, 0)).hasSize(Tile.WIDTH);
        assertThat(tile(2, 0)).containsExactly(Tile.of(tile(1, 0)).root());
        assertThat(frontier.peaks()).hasSize(2);
    }

    private Frontier append(Frontier before, int batch, List<TreeHash> leaves) {
        var appender = new TreeAppender(before);
        for (int i = 0; i < batch; i++) {
            TreeHash leaf =
                    TreeHash.ofLeaf(ByteBuffer.allocate(4).putInt(leaves.size()).array());
            assertThat(appender.append(leaf)).isEqualTo(leaves.size());
            leaves.add(leaf);
        }
        for (TileRun run : appender.runs()) {
            List<TreeHash> tile = tile(run.level(), run.first() / Tile.WIDTH);
            assertThat((long) tile.size()).isEqualTo(run.first() % Tile.WIDTH);
            tile.addAll(run.hashes());
            assertThat(run.packed()).hasSize(run.hashes().size() * TreeHash.LENGTH);
        }
        return appender.frontier();
    }

    private List<TreeHash> tile(int level, long index) {
        return tiles.computeIfAbsent(level + "/" + index, _ -> new ArrayList<>());
    }
}
