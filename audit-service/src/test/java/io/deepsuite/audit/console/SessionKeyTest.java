package io.deepsuite.audit.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionKeyTest {

    @TempDir
    Path folder;

    @Test
    void takesAKeyWithoutTheWhiteSpaceAroundIt() throws IOException {
        assertThat(SessionKey.read(file("0123456789abcdef0123456789abcdef\n"))).hasSize(32);
    }

    @Test
    void refusesAShortKeyAndDoesNotRepeatIt() throws IOException {
        var file = file("tooshort");

        assertThatThrownBy(() -> SessionKey.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("8 characters")
                .hasMessageContaining("(expected: 32 to 1024")
                .message()
                .doesNotContain("tooshort");
    }

    @Test
    void refusesAMissingFile() {
        assertThatThrownBy(() -> SessionKey.read(folder.resolve("absent")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("deepsuite.console.session-key-file");
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("key"), content);
    }
}
