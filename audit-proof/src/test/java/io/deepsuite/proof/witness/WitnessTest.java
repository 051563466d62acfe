package io.deepsuite.proof.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.deepsuite.proof.merkle.TreeHash;
import io.deepsuite.proof.note.Checkpoint;
import io.deepsuite.proof.note.Cosigner;
import io.deepsuite.proof.note.NoteException;
import io.deepsuite.proof.note.PrivateKeySigner;
import io.deepsuite.proof.note.SignedNote;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessTest {

    private static final String LOG = "log.example/audit/0";
    private static final Instant NOW = Instant.parse("2026-11-28T04:00:00Z");
    private static final TreeHash A = TreeHash.ofLeaf(new byte[] {1});
    private static final TreeHash B = TreeHash.ofLeaf(new byte[] {2});
    private static final TreeHash FORGED = TreeHash.ofLeaf(new byte[] {3});
    private static final TreeHash AB = TreeHash.ofNode(A, B);

    @TempDir
    Path directory;

    private final PrivateKeySigner log;
    private final PrivateKeySigner stranger;
    private final Cosigner cosigner;
    private WitnessState state;

    WitnessTest() throws Exception {
        var generator = KeyPairGenerator.getInstance("Ed25519");
        log = new PrivateKeySigner("log.example/audit", generator.generateKeyPair());
        stranger = new PrivateKeySigner("stranger", generator.generateKeyPair());
        cosigner = new Cosigner("witness.example/w1", generator.generateKeyPair());
    }

    @BeforeEach
    void open() throws IOException {
        state = WitnessState.open(directory);
    }

    @AfterEach
    void close() throws IOException {
        state.close();
    }

    @Test
    void cosignsTheFirstCheckpointAndEachThatContinues() throws IOException {
        assertThat(cosigner.witness().cosigned(cosign(request(0, List.of(), 1, A))))
                .contains(NOW);
        var cosigned = cosign(request(1, List.of(B), 2, AB));

        assertThat(cosigner.witness().cosigned(cosigned)).contains(NOW);
        assertThat(cosigned.verify(List.of(log.verifier()))).hasSize(1);
        assertThat(state.last(LOG)).contains(cosigned);
    }

    @Test
    void remembersWhatItCosignedWhenItStartsAgain() throws IOException {
        cosign(request(0, List.of(), 2, AB));
        state.close();
        state = WitnessState.open(directory);

        assertRefuses(request(2, List.of(), 1, A), "log %s has shrunk: its size is 1, and size 2 was co-signed before");
    }

    @Test
    void refusesAForkAtALargerSize() throws IOException {
        cosign(request(0, List.of(), 1, A));

        assertRefuses(
                request(1, List.of(B), 2, TreeHash.ofNode(FORGED, B)),
                "log %s was forked: nothing proves that size 2 begins with size 1, which was co-signed");
        assertThat(state.last(LOG).map(note -> Checkpoint.parse(note.text()).root()))
                .contains(A);
    }

    @Test
    void refusesAForkAtTheSameSize() throws IOException {
        cosign(request(0, List.of(), 1, A));

        assertRefuses(
                request(1, List.of(), 1, FORGED),
                "log %s was forked: size 1 has root " + FORGED.toBase64() + ", and size 1 was co-signed with root "
                        + A.toBase64());
    }

    @Test
    void cosignsTheSameCheckpointAgain() throws IOException {
        cosign(request(0, List.of(), 1, A));

        assertThat(cosigner.witness().cosigned(cosign(request(1, List.of(), 1, A))))
                .contains(NOW);
    }

    @Test
    void refusesARequestThatBeginsElsewhere() throws IOException {
        assertRefuses(
                request(1, List.of(B), 2, AB),
                "log %s: the request begins at size 1 (expected: 0, nothing was co-signed yet)");
        cosign(request(0, List.of(), 1, A));
        assertRefuses(
                request(0, List.of(), 2, AB),
                "log %s: the request begins at size 0 (expected: 1, which was co-signed last)");
    }

    @Test
    void logsDoNotMeet() throws IOException {
        cosign(request(0, List.of(), 2, AB));
        var other = new Checkpoint("log.example/audit/1", 1, FORGED);

        assertThat(cosigner.witness()
                        .cosigned(cosign(
                                new WitnessRequest(0, List.of(), SignedNote.sign(other.body(), List.of(log)), other))))
                .isPresent();
    }

    @Test
    void refusesWhatTheLogDidNotSign() {
        var checkpoint = new Checkpoint(LOG, 1, A);
        var request =
                new WitnessRequest(0, List.of(), SignedNote.sign(checkpoint.body(), List.of(stranger)), checkpoint);

        assertThatExceptionOfType(NoteException.class)
                .isThrownBy(() -> cosign(request))
                .withMessageContaining("no known key signed");
    }

    @Test
    void readsBackTheRequestItWrote() {
        var request = request(1, List.of(B), 2, AB);

        assertThat(WitnessRequest.parse(request.toText())).isEqualTo(request);
        assertThat(request.toText()).startsWith("old 1\n" + B.toBase64() + "\n\n" + LOG + "\n2\n");
    }

    @Test
    void namesWhatIsWrongWithARequest() {
        var text = request(1, List.of(B), 2, AB).toText();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> WitnessRequest.parse(text.replace("old 1", "old 01")))
                .withMessage("request: 'old 01' (expected: old and a size)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WitnessRequest.parse("old 1\n"))
                .withMessage("request: no empty line before the checkpoint");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WitnessRequest.parse("old 1\n" + (B.toBase64() + "\n").repeat(64) + "\nx"))
                .withMessage("proof: 64 hashes (expected: at most 63)");
    }

    private SignedNote cosign(WitnessRequest request) throws IOException {
        return new Witness(cosigner, List.of(log.verifier()), state, InstantSource.fixed(NOW)).cosign(request);
    }

    private void assertRefuses(WitnessRequest request, String message) {
        assertThatExceptionOfType(WitnessRefusal.class)
                .isThrownBy(() -> cosign(request))
                .withMessage(message.formatted(LOG));
    }

    private WitnessRequest request(long oldSize, List<TreeHash> path, long size, TreeHash root) {
        var checkpoint = new Checkpoint(LOG, size, root);
        return new WitnessRequest(oldSize, path, SignedNote.sign(checkpoint.body(), List.of(log)), checkpoint);
    }
}
