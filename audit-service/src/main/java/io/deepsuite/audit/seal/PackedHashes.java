package io.deepsuite.audit.seal;

import io.deepsuite.proof.merkle.Frontier;
import io.deepsuite.proof.merkle.TreeHash;
import java.util.ArrayList;
import java.util.List;

/** Hashes as the database holds them: 32 bytes each, one behind the other. */
final class PackedHashes {

    private PackedHashes() {}

    static byte[] pack(List<TreeHash> hashes) {
        byte[] packed = new byte[hashes.size() * TreeHash.LENGTH];
        for (int i = 0; i < hashes.size(); i++) {
            System.arraycopy(hashes.get(i).toBytes(), 0, packed, i * TreeHash.LENGTH, TreeHash.LENGTH);
        }
        return packed;
    }

    static Frontier frontier(long size, byte[] peaks) {
        List<TreeHash> hashes = new ArrayList<>();
        for (int i = 0; i < peaks.length / TreeHash.LENGTH; i++) {
            hashes.add(TreeHash.at(peaks, i));
        }
        return new Frontier(size, hashes);
    }
}
