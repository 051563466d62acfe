package io.deepsuite.proof.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TiledTreeTest {

    /** Leaves and roots of the reference tests of Certificate Transparency (RFC 6962): trees of 1 to 8 leaves. */
    private static final List<String> REFERENCE_LEAVES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    private static final List<String> REFERENCE_ROOTS = List.of(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void rootsAreThoseOfTheReferenceTrees() {
        List<TreeHash> leaves = REFERENCE_LEAVES.stream()
                .map(hex -> TreeHash.ofLeaf(HexFormat.of().parseHex(hex)))
                .toList();
        for (int size = 1; size <= leaves.size(); size++) {
            assertThat(tree(leaves.subList(0, size)).root()).hasToString(REFERENCE_ROOTS.get(size - 1));
        }
        assertThat(tree(List.of()).root())
                .hasToString("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Property(tries = 60)
    void appendingLeafByLeafGivesTheSameRootAsTheTiles(@ForAll @IntRange(max = 1_500) int size) {
        List<TreeHash> leaves = leaves(size);
        Frontier frontier = Frontier.empty();
        for (TreeHash leaf : leaves) {
            frontier = frontier.append(leaf);
        }
        assertThat(frontier.root()).isEqualTo(tree(leaves).root());
        assertThat(tree(leaves).frontier()).isEqualTo(frontier);
    }

    @Property(tries = 200)
    void everyLeafHasAProofThatLeadsToTheRoot(
            @ForAll @IntRange(min = 1, max = 1_200) int size, @ForAll @IntRange(max = 1_199) int place) {
        List<TreeHash> leaves = leaves(size);
        int leaf = place % size;
        InclusionProof proof = tree(leaves).inclusionProof(leaf);
        TreeHash root = tree(leaves).root();

        assertThat(proof.verifies(leaves.get(leaf), root)).isTrue();
        assertThat(proof.verifies(TreeHash.ofLeaf(new byte[] {42}), root)).isFalse();
        if (size > 1) {
            int elsewhere = (leaf + 1) % size;
            assertThat(new InclusionProof(elsewhere, size, proof.path()).verifies(leaves.get(leaf), root))
                    .isFalse();
        }
        var longer = new java.util.ArrayList<>(proof.path());
        longer.add(root);
        assertThat(new InclusionProof(leaf, size, longer).root(leaves.get(leaf)))
                .isEmpty();
    }

    @Property(tries = 200)
    void everyEarlierTreeIsProvenToBeTheBeginning(
            @ForAll @IntRange(max = 1_200) int size, @ForAll @IntRange(max = 1_200) int earlier) {
        List<TreeHash> leaves = leaves(size);
        int oldSize = Math.min(size, earlier);
        TreeHash oldRoot = tree(leaves.subList(0, oldSize)).root();
        TreeHash newRoot = tree(leaves).root();
        ConsistencyProof proof = tree(leaves).consistencyProof(oldSize);

        assertThat(proof.verifies(oldRoot, newRoot)).isTrue();
        if (oldSize > 0 && oldSize < size) {
            List<TreeHash> forked = new java.util.ArrayList<>(leaves);
            forked.set(oldSize - 1, TreeHash.ofLeaf(new byte[] {42}));
            assertThat(tree(forked)
                            .consistencyProof(oldSize)
                            .verifies(oldRoot, tree(forked).root()))
                    .isFalse();
        }
    }

    @Test
    void placesOutsideTheTreeAreNamed() {
        TiledTree tree = tree(leaves(3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tree.inclusionProof(3))
                .withMessage("leafIndex: 3 (expected: 0 to 2)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tree.consistencyProof(4))
                .withMessage("oldSize: 4 (expected: 0 to 3)");
    }

    private static TiledTree tree(List<TreeHash> leaves) {
        return new TiledTree(leaves.size(), new InMemoryTiles(leaves));
    }

    private static List<TreeHash> leaves(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> TreeHash.ofLeaf(("event " + i).getBytes(StandardCharsets.UTF_8)))
                .toList();
    }
}
