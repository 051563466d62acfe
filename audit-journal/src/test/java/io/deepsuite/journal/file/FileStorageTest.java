package io.deepsuite.journal.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * That the real file system is really forced. {@link JournalFaultTest} shows that the journal asks for it in time; with the force taken out of {@link
 * FileStorage}, these fail.
 */
class FileStorageTest {

    private static final String SEGMENT = "0000000001-0000000001.segment";

    @TempDir
    Path directory;

    private final List<String> operations = new CopyOnWriteArrayList<>();

    private FileJournal open() throws IOException {
        var storage = new FileStorage((file, options) -> new RecordingChannel(
                FileChannel.open(file, options),
                operation -> operations.add(operation
                        + ' '
                        + (file.equals(directory) ? "directory" : String.valueOf(file.getFileName())))));
        return FileJournal.open(Events.settings(directory, 1 << 20, 1 << 16), JournalListener.NONE, storage);
    }

    @Test
    void forcesTheSegmentBeforeAnAppendCompletes() throws IOException {
        try (var journal = open()) {
            Events.append(journal, 1, 1);
            for (int number = 2; number <= 10; number++) {
                // Given
                operations.clear();

                // When
                Events.append(journal, number, number);

                // Then
                assertThat(operations).containsExactly("write " + SEGMENT, "force " + SEGMENT);
            }
        }
    }

    @Test
    void makesBootNumberAndSegmentNameDurableBeforeTheFirstRecord() throws IOException {
        try (var journal = open()) {
            // When
            Events.append(journal, 1, 1);

            // Then
            assertThat(operations)
                    .endsWith(
                            "write boot.next",
                            "force boot.next",
                            "force directory",
                            "write " + SEGMENT,
                            "force " + SEGMENT,
                            "force directory",
                            "write " + SEGMENT,
                            "force " + SEGMENT);
        }
    }

    @Test
    void forcesTheReleasedPositionBeforeItFreesAnything() throws IOException {
        try (var journal = open()) {
            // Given
            Events.append(journal, 1, 1);
            operations.clear();

            // When
            journal.release(new Position(1, 1));

            // Then
            assertThat(operations).containsExactly("write released", "force released");
        }
    }
}
