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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointDirectoryTest {

    private static final String LOG = "deepsuite.audit.v1/0";

    @TempDir
    Path root;

    private final PrivateKeySigner signer;

    CheckpointDirectoryTest() throws GeneralSecurityException {
        signer = new PrivateKeySigner(
                TestConfig.NAME, KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    }

    @Test
    void keepsEachCheckpointOnceAndForGood() throws IOException {
        var directory = new CheckpointDirectory(new TestConfig(root));

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
    void knowsTheLogsOfAnInstallation() throws IOException {
        var directory = new CheckpointDirectory(new TestConfig(root));

        assertThat(directory.logs("deepsuite.audit.v1")).isEmpty();
        directory.publish(signed(9, 1));
        for (var other : List.of("deepsuite.audit.v1/12", "deepsuite.audit.v1/keys", "another/3")) {
            Files.createDirectories(root.resolve(other));
        }

        assertThat(directory.logs("deepsuite.audit.v1")).containsExactly(0, 12);
    }

    @Test
    void knowsNothingOfALogThatWasNeverPublished() throws IOException {
        assertThat(new CheckpointDirectory(new TestConfig(root)).newest(LOG)).isEmpty();
    }

    @Test
    void publishesTheKeys() throws IOException {
        var directory = new CheckpointDirectory(new TestConfig(root));

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
