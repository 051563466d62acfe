package io.deepsuite.proof.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.deepsuite.proof.merkle.TreeHash;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WitnessKeyTest {

    private static final Instant TIME = Instant.parse("2026-11-28T04:00:00.750Z");

    private final PrivateKeySigner log = new PrivateKeySigner("log.example/audit", newKey());
    private final Cosigner first = new Cosigner("witness.example/w1", newKey());
    private final Cosigner second = new Cosigner("witness.example/w2", newKey());
    private final SignedNote note =
            SignedNote.sign(new Checkpoint("log.example/audit/0", 7, TreeHash.empty()).body(), List.of(log));

    @Test
    void cosignatureStandsBelowTheLogsAndSaysWhen() {
        var cosigned = SignedNote.parse(
                second.cosign(first.cosign(note, TIME), TIME.plusSeconds(5)).toText());

        assertThat(cosigned.text()).isEqualTo(note.text());
        assertThat(cosigned.verify(List.of(log.verifier()))).hasSize(1);
        assertThat(first.witness().cosigned(cosigned)).contains(Instant.parse("2026-11-28T04:00:00Z"));
        assertThat(second.witness().cosigned(cosigned)).contains(Instant.parse("2026-11-28T04:00:05Z"));
        assertThat(first.witness().cosigned(note)).isEmpty();
    }

    @Test
    void signedMessageIsThatOfTheSource() {
        assertThat(new String(WitnessKey.message(note.text(), 1679315147), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("cosignature/v1\ntime 1679315147\nlog.example/audit/0\n7\n"
                        + TreeHash.empty().toBase64() + "\n");
    }

    @Test
    void readsBackTheKeyItWrote() {
        var key = WitnessKey.parse(first.witness().toText());

        assertThat(key).isEqualTo(first.witness());
        assertThatExceptionOfType(NoteException.class)
                .isThrownBy(() -> WitnessKey.parse(log.verifier().toText()))
                .withMessage("verifier key algorithm: 1 (expected: 4)");
        assertThatExceptionOfType(NoteException.class)
                .isThrownBy(() -> NoteVerifier.parse(first.witness().toText()))
                .withMessage("verifier key algorithm: 4 (expected: 1)");
    }

    @Test
    void cosignatureOfAnotherTextIsRefused() {
        var cosigned = first.cosign(note, TIME).toText();

        var changed = SignedNote.parse(cosigned.replace("\n7\n", "\n8\n"));

        assertThatExceptionOfType(NoteException.class)
                .isThrownBy(() -> first.witness().cosigned(changed))
                .withMessage("cosignature of witness.example/w1 does not fit the text");
    }

    @Test
    void plainSignatureOfAWitnessIsNoCosignature() {
        var line = new SignedNote.NoteSignature(
                first.witness().name(),
                first.witness().keyId(),
                note.signatures().getFirst().base64());

        assertThatExceptionOfType(NoteException.class)
                .isThrownBy(() -> first.witness().cosigned(note.plus(line)))
                .withMessage("cosignature of witness.example/w1: 64 bytes (expected: 72)");
    }

    @Test
    void quorumCountsEachWitnessOnce() {
        var policy = new WitnessPolicy(List.of(first.witness(), second.witness()), 2);
        var twice = first.cosign(first.cosign(note, TIME), TIME);

        assertThatExceptionOfType(NoteException.class)
                .isThrownBy(() -> policy.require(twice))
                .withMessage("co-signed by [witness.example/w1] (expected: at least 2 of [witness.example/w1,"
                        + " witness.example/w2])");
        policy.require(second.cosign(twice, TIME));
        WitnessPolicy.NONE.require(note);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WitnessPolicy(List.of(first.witness(), first.witness()), 2))
                .withMessage("witnesses: 2 (expected: 0 to 1, as many as were named)");
    }

    private static java.security.KeyPair newKey() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
