package io.deepsuite.audit.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.deepsuite.proof.merkle.TreeHash;
import io.deepsuite.proof.note.Checkpoint;
import io.deepsuite.proof.note.Cosigner;
import io.deepsuite.proof.note.NoteException;
import io.deepsuite.proof.note.PrivateKeySigner;
import io.deepsuite.proof.note.SignedNote;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CosignaturesTest {

    private static final Checkpoint CHECKPOINT = new Checkpoint("deepsuite.audit.v1/0", 7, TreeHash.empty());

    private final Cosigner first;
    private final Cosigner second;
    private final SignedNote note;

    CosignaturesTest() throws Exception {
        var generator = KeyPairGenerator.getInstance("Ed25519");
        first = new Cosigner("witness.example/w1", generator.generateKeyPair());
        second = new Cosigner("witness.example/w2", generator.generateKeyPair());
        var log = new PrivateKeySigner("deepsuite-audit", generator.generateKeyPair());
        note = SignedNote.sign(CHECKPOINT.body(), List.of(log));
    }

    @Test
    void takesTheLinesOfKnownWitnessesAndPassesOverTheRest() {
        var cosigned = second.cosign(first.cosign(note, Instant.EPOCH), Instant.EPOCH);

        var found = Cosignatures.read(cosigned.toText(), CHECKPOINT.body(), List.of(first.witness()));

        assertThat(found).hasSize(1);
        assertThat(found.getFirst().witness()).isEqualTo(first.witness());
        // the line completes the checkpoint as it was published
        assertThat(first.witness()
                        .cosigned(SignedNote.parse(
                                note.toText() + found.getFirst().line())))
                .contains(Instant.EPOCH);
    }

    @Test
    void refusesCosignaturesOfStrangers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cosignatures.read(
                        second.cosign(note, Instant.EPOCH).toText(), CHECKPOINT.body(), List.of(first.witness())))
                .withMessage("signed by [deepsuite-audit, witness.example/w2] (expected: one of the witnesses"
                        + " [witness.example/w1])");
    }

    @Test
    void refusesAnotherCheckpoint() {
        var other = new Checkpoint("deepsuite.audit.v1/0", 8, TreeHash.empty());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cosignatures.read(
                        first.cosign(note, Instant.EPOCH).toText(), other.body(), List.of(first.witness())))
                .withMessage("checkpoint: another text (expected: that of the log at this size)");
    }

    @Test
    void refusesACosignatureThatIsWrong() {
        var elsewhere = first.cosign(SignedNote.parse(note.toText().replace("\n7\n", "\n8\n")), Instant.EPOCH);
        var moved = note.plus(elsewhere.signatures().getLast());

        assertThatExceptionOfType(NoteException.class)
                .isThrownBy(() -> Cosignatures.read(moved.toText(), CHECKPOINT.body(), List.of(first.witness())))
                .withMessage("cosignature of witness.example/w1 does not fit the text");
    }

    @Test
    void refusesWhatIsNoNote() {
        assertThatExceptionOfType(NoteException.class)
                .isThrownBy(() -> Cosignatures.read("nonsense", CHECKPOINT.body(), List.of(first.witness())));
    }
}
