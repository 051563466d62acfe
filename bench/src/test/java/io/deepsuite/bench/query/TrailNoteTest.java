package io.deepsuite.bench.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrailNoteTest {

    private static final Trail TRAIL =
            new Trail(300, Instant.parse("2026-05-01T00:00:00Z"), Instant.parse("2026-11-01T00:00:00Z"));

    @TempDir
    private Path directory;

    @Test
    void tellsTheTrailThatWasWritten() throws Exception {
        // Given
        new TrailNote(directory).write(TRAIL);

        // When
        var read = new TrailNote(directory).read();

        // Then
        assertThat(read).contains(TRAIL);
    }

    @Test
    void takesNoStoreOfAnOlderLoaderForItsOwn() throws Exception {
        // Given
        Files.writeString(directory.resolve("trail"), "300 2026-05-01T00:00:00Z 2026-11-01T00:00:00Z\n");

        // When
        var note = new TrailNote(directory);

        // Then
        assertThat(note.isThere()).isTrue();
        assertThat(note.read()).isEmpty();
    }
}
