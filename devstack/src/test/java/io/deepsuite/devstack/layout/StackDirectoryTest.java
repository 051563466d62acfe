package io.deepsuite.devstack.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackDirectoryTest {
    @TempDir
    Path folder;

    private StackDirectory directory;

    @BeforeEach
    void create() {
        directory = new StackDirectory(folder.resolve("stack"));
        directory.create();
    }

    @Test
    void secretIsMadeOnceAndKept() {
        var first = StackDirectory.read(directory.secret("key"));

        assertThat(first).matches("[0-9a-f]{64}");
        assertThat(StackDirectory.read(directory.secret("key"))).isEqualTo(first);
        assertThat(StackDirectory.read(directory.secret("another"))).isNotEqualTo(first);
    }

    @Test
    void othersCannotReadASecret() throws Exception {
        var file = directory.secret("key");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void stateOfAStackSurvives() {
        var state = new StackState(Ports.shifted(3), Packaging.NATIVE, true);
        state.save(directory);

        assertThat(StackState.load(directory)).isEqualTo(state);
    }

    @Test
    void stackThatWasNeverStartedSaysHowToStartIt() {
        assertThatThrownBy(() -> StackState.load(directory))
                .isInstanceOf(DevstackException.class)
                .hasMessageContaining("./deepsuite up");
    }

    @Test
    void deletingATreeDoesNotFollowLinks() throws Exception {
        var kept =
                Files.createFile(Files.createDirectory(folder.resolve("shared")).resolve("kept"));
        Files.createSymbolicLink(directory.root().resolve("link"), kept.getParent());

        StackDirectory.deleteTree(directory.root());

        assertThat(directory.root()).doesNotExist();
        assertThat(kept).exists();
    }
}
