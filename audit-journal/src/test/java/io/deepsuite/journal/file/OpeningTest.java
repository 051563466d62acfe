package io.deepsuite.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.journal.file.VolatileStorage.Fault;
import io.deepsuite.servicekit.error.DeepsuiteException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The event that a boot begins with, which tells the end of the boot before: nothing of a boot is in the journal without it. */
class OpeningTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int SEGMENT = 1024;

    private final VolatileStorage storage = new VolatileStorage();

    @TempDir
    Path directory;

    private FileJournal open() throws IOException {
        return FileJournal.open(
                Events.settings(directory, 1 << 20, SEGMENT), JournalListener.NONE, storage, OpeningTest::opening);
    }

    private static AuditEvent.Builder opening(Position previous) {
        return Events.event(0).setAction("journal.open").setReason(previous.boot() + "/" + previous.sequence());
    }

    private static List<String> stored(FileJournal journal) throws IOException {
        return Events.read(journal, Position.START).stream()
                .map(event -> "%s of %d/%d after %s"
                        .formatted(
                                event.getAction(),
                                event.getSource().getBoot(),
                                event.getSource().getSequence(),
                                event.getReason()))
                .toList();
    }

    @Test
    void isWrittenWithoutWaitingForAnother() throws IOException {
        // Given
        try (var journal = open()) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(stored(journal)).containsExactly("journal.open of 1/1 after 0/0"));
            Events.append(journal, 1, 2);
        }

        // When
        try (var journal = open()) {

            // Then
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(stored(journal)).endsWith("journal.open of 2/1 after 1/3"));
        }
    }

    @Test
    void isWrittenBeforeTheFirstAppendAndOnceOnly() throws IOException {
        try (var journal = open()) {
            // When
            Events.append(journal, 1, 1);

            // Then
            assertThat(stored(journal))
                    .containsExactly("journal.open of 1/1 after 0/0", "inference.chat of 1/2 after OK");
        }
    }

    @Test
    void isWrittenFirstOnceADiskThatWasFullHasRoom() throws IOException {
        // Given
        try (var journal = open()) {
            Events.append(journal, 1, 1);
        }
        storage.setFull(true);
        try (var journal = open()) {
            assertThatThrownBy(() -> Events.append(journal, 2, 2))
                    .isInstanceOf(DeepsuiteException.class)
                    .hasMessage("audit journal is unwritable");

            // When
            storage.setFull(false);

            // Then
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(stored(journal)).endsWith("journal.open of 2/1 after 1/2"));
            assertThat(Events.append(journal, 3, 3))
                    .singleElement()
                    .satisfies(
                            event -> assertThat(event.getSource().getSequence()).isEqualTo(2));
        }
    }

    /** Forces of the boot number and of the segment's header pass; the event itself meets the fault. */
    @ParameterizedTest
    @EnumSource(names = {"WRITE", "FORCE"})
    void isWrittenAgainAfterAFailureAndBeforeAnyOther(Fault fault) throws IOException {
        // Given
        open().close();
        storage.failNext(Fault.LIE, Fault.LIE, fault);

        // When
        try (var journal = open()) {
            Awaitility.await().atMost(PATIENCE).until(() -> appends(journal));

            // Then
            assertThat(stored(journal))
                    .containsExactly(
                            "journal.open of 1/1 after 0/0",
                            "journal.open of 2/1 after 1/1",
                            "inference.chat of 2/2 after OK");
        }
    }

    private static boolean appends(FileJournal journal) {
        try {
            Events.append(journal, 1, 1);
            return true;
        } catch (DeepsuiteException _) {
            return false;
        }
    }
}
