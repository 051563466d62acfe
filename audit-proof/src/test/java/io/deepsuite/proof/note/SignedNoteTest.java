package io.deepsuite.proof.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.deepsuite.proof.merkle.TreeHash;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignedNoteTest {

    /** Key, text and signature of the example in the documentation of Go's golang.org/x/mod/sumdb/note package. */
    private static final String GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    private static final String GO_NOTE = """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.

            \u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
            """;

    private final KeyPair pair = newKey();

    @Test
    void verifiesANoteThatAnotherImplementationSigned() {
        SignedNote note = SignedNote.parse(GO_NOTE);

        assertThat(note.verify(List.of(NoteVerifier.parse(GO_KEY))))
                .extracting(NoteVerifier::name)
                .containsExactly("PeterNeumann");
        assertThat(note.toText()).isEqualTo(GO_NOTE);
        assertThat(NoteVerifier.parse(GO_KEY).toText()).isEqualTo(GO_KEY);
    }

    @Test
    void refusesATextThatWasChangedAfterSigning() {
        var signer = new PrivateKeySigner("log.example/audit", pair);
        String note = SignedNote.sign(checkpoint(7).body(), List.of(signer)).toText();

        SignedNote changed = SignedNote.parse(note.replace("\n7\n", "\n8\n"));

        assertThatExceptionOfType(NoteException.class)
                .isThrownBy(() -> changed.verify(List.of(signer.verifier())))
                .withMessage("signature of log.example/audit does not fit the text");
    }

    @Test
    void bothKeysCountWhileAKeyIsBeingReplaced() {
        var oldSigner = new PrivateKeySigner("log.example/audit", pair);
        var newSigner = new PrivateKeySigner("log.example/audit", newKey());
        SignedNote note = SignedNote.parse(SignedNote.sign(checkpoint(1).body(), List.of(oldSigner, newSigner))
                .toText());

        assertThat(note.verify(List.of(oldSigner.verifier()))).hasSize(1);
        assertThat(note.verify(List.of(newSigner.verifier()))).hasSize(1);
        assertThat(note.verify(List.of(oldSigner.verifier(), newSigner.verifier())))
                .hasSize(2);
    }

    @Test
    void refusesANoteThatOnlyStrangersSigned() {
        SignedNote note = SignedNote.sign(checkpoint(1).body(), List.of(new PrivateKeySigner("stranger", pair)));

        assertThatExceptionOfType(NoteException.class)
                .isThrownBy(() -> note.verify(List.of(NoteVerifier.parse(GO_KEY))))
                .withMessageContaining("signed by [stranger] (expected one of: [PeterNeumann])");
    }

    @Test
    void readsBackTheCheckpointItWrote() {
        var checkpoint = new Checkpoint("log.example/audit/0", 12, TreeHash.empty(), List.of("time 1770000000"));

        assertThat(Checkpoint.parse(checkpoint.body())).isEqualTo(checkpoint);
    }

    @Test
    void namesTheLineOfACheckpointThatIsWrong() {
        assertThatExceptionOfType(NoteException.class)
                .isThrownBy(() ->
                        Checkpoint.parse("origin\n007\n" + TreeHash.empty().toBase64() + "\n"))
                .withMessageContaining("size: '007'");
        assertThatExceptionOfType(NoteException.class)
                .isThrownBy(() -> Checkpoint.parse("origin\n7\nAAAA\n"))
                .withMessageContaining("hash length: 3 bytes");
        assertThatExceptionOfType(NoteException.class)
                .isThrownBy(() -> Checkpoint.parse("origin\n"))
                .withMessageContaining("1 lines");
    }

    private static Checkpoint checkpoint(long size) {
        return new Checkpoint("log.example/audit/0", size, TreeHash.empty());
    }

    private static KeyPair newKey() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
