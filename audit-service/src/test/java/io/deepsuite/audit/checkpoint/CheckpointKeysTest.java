package io.deepsuite.audit.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.deepsuite.proof.note.NoteException;
import io.deepsuite.proof.note.NoteSigner;
import io.deepsuite.proof.note.NoteVerifier;
import io.deepsuite.proof.note.PrivateKeySigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointKeysTest {

    @TempDir
    Path directory;

    private final KeyPair pair = pair();
    private final NoteVerifier current = new PrivateKeySigner(TestConfig.NAME, pair).verifier();
    private final NoteVerifier retired = new PrivateKeySigner(TestConfig.NAME, pair()).verifier();

    @BeforeEach
    void writeTheKeyThatSigns() throws IOException {
        var encoded = Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded());
        Files.writeString(file(), "-----BEGIN PRIVATE KEY-----\n" + encoded + "\n-----END PRIVATE KEY-----\n");
    }

    @Test
    void retiredKeyCountsBehindThoseThatSignAndSignsNothing() {
        var keys = keys(Optional.of(List.of(retired.toText())));

        assertThat(keys.verifiers()).containsExactly(current, retired);
        var note = keys.sign("text\n");
        assertThat(note.verify(List.of(current))).containsExactly(current);
        assertThatExceptionOfType(NoteException.class).isThrownBy(() -> note.verify(List.of(retired)));
    }

    @Test
    void withoutRetiredKeysOnlyThoseThatSignCount() {
        assertThat(keys(Optional.empty()).verifiers()).containsExactly(current);
        assertThat(keys(Optional.of(List.of())).verifiers()).containsExactly(current);
    }

    @Test
    void keyThatIsNamedAgainCountsOnce() {
        var again = List.of(retired.toText(), current.toText(), retired.toText());

        assertThat(keys(Optional.of(again)).verifiers()).containsExactly(current, retired);
    }

    @Test
    void retiredKeyThatCannotBeReadStopsTheStart() {
        var damaged = retired.toText().replaceFirst("\\+[0-9a-f]{8}\\+", "+00000000+");

        assertThatExceptionOfType(NoteException.class)
                .isThrownBy(() -> keys(Optional.of(List.of(current.toText(), damaged))))
                .withMessageContaining("verifier key id: 00000000");
        assertThatExceptionOfType(NoteException.class)
                .isThrownBy(() -> keys(Optional.of(List.of("no key"))))
                .withMessageContaining("expected: name+id+key");
    }

    @Test
    void emptyEntryStopsTheStartInsteadOfBeingPassedOver() {
        assertThatExceptionOfType(NoteException.class)
                .isThrownBy(() -> keys(Optional.of(List.of(retired.toText(), ""))))
                .withMessageContaining("expected: name+id+key");
    }

    @Test
    void fileThatHoldsNoKeyStopsTheStart() throws IOException {
        Files.writeString(file(), retired.toText());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> keys(Optional.empty()))
                .withMessageContaining("key.pem");
    }

    @Test
    void keyOfAManagementServiceSignsToo() {
        NoteSigner other = new PrivateKeySigner(TestConfig.NAME, pair());

        var keys = new CheckpointKeys(config(Optional.empty()), List.of(other));

        assertThat(keys.verifiers()).containsExactly(current, other.verifier());
        assertThat(keys.sign("text\n").verify(keys.verifiers())).containsExactly(current, other.verifier());
    }

    private CheckpointKeys keys(Optional<List<String>> retiredKeys) {
        return new CheckpointKeys(config(retiredKeys), List.of());
    }

    private CheckpointConfig config(Optional<List<String>> retiredKeys) {
        return new TestConfig(List.of(file()), retiredKeys, directory);
    }

    private Path file() {
        return directory.resolve("key.pem");
    }

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
