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
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
        var directory = directory();

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
        var directory = directory();

        assertThat(directory.logs("deepsuite.audit.v1")).isEmpty();
        directory.publish(signed(9, 1));
        for (var other : List.of("deepsuite.audit.v1/12", "deepsuite.audit.v1/keys", "another/3")) {
            Files.createDirectories(root.resolve(other));
        }

        assertThat(directory.logs("deepsuite.audit.v1")).containsExactly(0, 12);
    }

    @Test
    void knowsNothingOfALogThatWasNeverPublished() throws IOException {
        assertThat(directory().newest(LOG)).isEmpty();
    }

    @Test
    void publishesTheKeys() throws IOException {
        var directory = directory();

        directory.publish(List.of(signer.verifier()));
        directory.publish(List.of(signer.verifier()));

        try (var files = Files.list(root.resolve("keys"))) {
            assertThat(files)
                    .singleElement()
                    .satisfies(file -> assertThat(Files.readString(file))
                            .isEqualTo(signer.verifier().toText() + "\n"));
        }
    }

    @Test
    void listsAFolderAgainOnlyWhenItHasChanged() throws IOException {
        // Given
        var directory = new CheckpointDirectory(
                new TestConfig(root), () -> Instant.now().plus(Duration.ofHours(1)));
        directory.publish(signed(9, 1));
        assertThat(directory.newest(LOG)).contains(signed(9, 1));
        var folder = root.resolve(LOG);
        var before = Files.getLastModifiedTime(folder);

        // When another replica writes, and the folder does not look like it
        directory().publish(signed(12, 1));
        Files.setLastModifiedTime(folder, before);

        // Then
        assertThat(directory.newest(LOG)).contains(signed(9, 1));

        // When it does
        Files.setLastModifiedTime(folder, FileTime.from(before.toInstant().plusMillis(1)));

        // Then
        assertThat(directory.newest(LOG)).contains(signed(12, 1));
    }

    @Test
    void listsAFolderAgainWhileItsTimeMayHideAChange() throws IOException {
        // Given
        var directory = directory();
        directory.publish(signed(9, 1));
        assertThat(directory.newest(LOG)).contains(signed(9, 1));
        var folder = root.resolve(LOG);
        var before = Files.getLastModifiedTime(folder);

        // When
        directory().publish(signed(12, 1));
        Files.setLastModifiedTime(folder, before);

        // Then
        assertThat(directory.newest(LOG)).contains(signed(12, 1));
    }

    private CheckpointDirectory directory() {
        return new CheckpointDirectory(new TestConfig(root), InstantSource.system());
    }

    private SignedCheckpoint signed(long size, int content) {
        var checkpoint = new Checkpoint(LOG, size, TreeHash.ofLeaf(new byte[] {(byte) content}));
        return new SignedCheckpoint(
                checkpoint, SignedNote.sign(checkpoint.body(), List.of(signer)).toText());
    }
}
