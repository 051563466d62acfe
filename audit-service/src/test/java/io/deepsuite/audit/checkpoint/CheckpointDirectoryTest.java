package io.deepsuite.audit.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.deepsuite.proof.merkle.TreeHash;
import io.deepsuite.proof.note.Checkpoint;
import io.deepsuite.proof.note.PrivateKeySigner;
import io.deepsuite.proof.note.SignedNote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointDirectoryTest {

    private static final String LOG = "deepsuite.audit.v1/0";

    @TempDir
    Path root;

    private final PrivateKeySigner signer;

    CheckpointDirectoryTest() throws GeneralSecurityException {
        signer = new PrivateKeySigner(
                "deepsuite-audit", KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    }

    private record Config(Path directory) implements CheckpointConfig {

        @Override
        public List<Path> keyFiles() {
            return List.of();
        }

        @Override
        public Optional<List<String>> retiredKeys() {
            return Optional.empty();
        }

        @Override
        public String keyName() {
            return "deepsuite-audit";
        }

        @Override
        public Duration interval() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Duration timeout() {
            return Duration.ofSeconds(1);
        }
    }

    @Test
    void keepsEachCheckpointOnceAndForGood() throws IOException {
        var directory = new CheckpointDirectory(new Config(root));

        directory.publish(signed(9, 1));
        directory.publish(signed(100, 1));
        directory.publish(signed(9, 1));

        assertThat(directory.newest(LOG)).contains(signed(100, 1));
        assertThatIOException()
                .isThrownBy(() -> directory.publish(signed(9, 2)))
                .withMessageContaining("another content");
        var file = root.resolve(LOG).resolve("00000000000000000009.checkpoint");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("r--r--r--");
        try (var files = Files.list(root.resolve(LOG))) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void knowsNothingOfALogThatWasNeverPublished() throws IOException {
        assertThat(new CheckpointDirectory(new Config(root)).newest(LOG)).isEmpty();
    }

    @Test
    void publishesTheKeys() throws IOException {
        var directory = new CheckpointDirectory(new Config(root));

        directory.publish(List.of(signer.verifier()));
        directory.publish(List.of(signer.verifier()));

        try (var files = Files.list(root.resolve("keys"))) {
            assertThat(files)
                    .singleElement()
                    .satisfies(file -> assertThat(Files.readString(file))
                            .isEqualTo(signer.verifier().toText() + "\n"));
        }
    }

    private SignedCheckpoint signed(long size, int content) {
        var checkpoint = new Checkpoint(LOG, size, TreeHash.ofLeaf(new byte[] {(byte) content}));
        return new SignedCheckpoint(
                checkpoint, SignedNote.sign(checkpoint.body(), List.of(signer)).toText());
    }
}
