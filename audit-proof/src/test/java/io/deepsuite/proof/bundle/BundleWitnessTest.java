package io.deepsuite.proof.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.proof.merkle.ConsistencyProof;
import io.deepsuite.proof.merkle.Frontier;
import io.deepsuite.proof.merkle.TreeHash;
import io.deepsuite.proof.note.Checkpoint;
import io.deepsuite.proof.note.Cosigner;
import io.deepsuite.proof.note.PrivateKeySigner;
import io.deepsuite.proof.note.SignedNote;
import io.deepsuite.proof.note.WitnessPolicy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A run has to end where witnesses have co-signed, or before; how far the log has come since does not matter. */
class BundleWitnessTest {

    private static final String LOG = "deepsuite.audit.v1/0";
    /** Source model-service, instance a, boot 1, sequence 1. */
    private static final byte[] EVENT =
            HexFormat.of().parseHex("1a16" + "0a0d6d6f64656c2d73657276696365" + "120161" + "1801" + "2001");

    private static final TreeHash LEAF = TreeHash.ofLeaf(EVENT);
    private static final TreeHash LATER = TreeHash.ofLeaf(new byte[] {42});

    private final PrivateKeySigner log;
    private final Cosigner witness;
    private final WitnessPolicy policy;

    BundleWitnessTest() throws Exception {
        var generator = KeyPairGenerator.getInstance("Ed25519");
        log = new PrivateKeySigner("deepsuite-audit", generator.generateKeyPair());
        witness = new Cosigner("witness.example/w1", generator.generateKeyPair());
        policy = new WitnessPolicy(List.of(witness.witness()), 1);
        EVENT[1] = (byte) (EVENT.length - 2);
    }

    @Test
    void runThatEndsWhereAWitnessCosignedIsValid() throws IOException {
        assertThat(verify(cosigned(1, LEAF), signed(2, TreeHash.ofNode(LEAF, LATER))))
                .isInstanceOf(Verdict.Valid.class);
    }

    @Test
    void runThatIsProvenAgainstACosignedCheckpointIsValid() throws IOException {
        assertThat(verify(signed(1, LEAF), cosigned(2, TreeHash.ofNode(LEAF, LATER))))
                .isInstanceOf(Verdict.Valid.class);
    }

    @Test
    void runThatNoWitnessSawIsRefused() throws IOException {
        assertThat(verify(signed(1, LEAF), signed(2, TreeHash.ofNode(LEAF, LATER)))
                        .summary())
                .contains(LOG + ", checkpoint: co-signed by [] (expected: at least 1 of [witness.example/w1])");
    }

    private Verdict verify(SignedNote onTheWay, SignedNote end) throws IOException {
        var written = new ByteArrayOutputStream();
        try (var writer = new BundleWriter(written, Instant.EPOCH)) {
            writer.beginRange(LOG, Frontier.empty());
            writer.event(EVENT);
            writer.signed(onTheWay.toText());
            writer.endRange(new ConsistencyProof(1, 2, List.of(LATER)), end.toText());
            writer.end();
        }
        return new BundleVerifier(List.of(log.verifier()), List.of(), policy)
                .verify(new ByteArrayInputStream(written.toByteArray()));
    }

    private SignedNote signed(long size, TreeHash root) {
        return SignedNote.sign(new Checkpoint(LOG, size, root).body(), List.of(log));
    }

    private SignedNote cosigned(long size, TreeHash root) {
        return witness.cosign(signed(size, root), Instant.EPOCH);
    }
}
