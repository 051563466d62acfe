package io.deepsuite.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.journal.file.VolatileStorage.Fault;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal on a file system that fails, and that forgets at a crash whatever was not forced. */
class JournalFaultTest {

    private final VolatileStorage storage = new VolatileStorage();

    @TempDir
    Path directory;

    private FileJournal open() throws IOException {
        return open(storage);
    }

    private FileJournal open(Storage on) throws IOException {
        return FileJournal.open(Events.settings(directory, 1 << 20, 2048), JournalListener.NONE, on);
    }

    private static void assertRefused(FileJournal journal, int number) {
        var append = journal.append(Events.event(number));
        assertThatThrownBy(() -> Events.await(append))
                .isInstanceOfSatisfying(
                        DeepsuiteException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(ErrorReason.AUDIT_UNAVAILABLE));
    }

    private List<AuditEvent> recover(Storage from) throws IOException {
        try (var journal = open(from)) {
            return Events.read(journal, Position.START);
        }
    }

    /**
     * Guards the promise itself: take the force out of {@link SegmentLog#append}, or let appends complete before it, or do not force the directory when a
     * segment is made, and this test fails, because the crash then forgets what was acknowledged.
     */
    @Test
    void anAppendCompletesOnlyWhenItSurvivesACrash() throws IOException {
        List<MemoryStorage> crashes = new ArrayList<>();
        List<AuditEvent> acknowledged = new ArrayList<>();

        // When
        try (var journal = open()) {
            for (int number = 1; number <= 40; number++) {
                acknowledged.add(Events.await(journal.append(Events.event(number))));
                crashes.add(storage.crash());
            }
        }

        // Then
        for (int survivors = 1; survivors <= 40; survivors++) {
            assertThat(recover(crashes.get(survivors - 1))).isEqualTo(acknowledged.subList(0, survivors));
        }
    }

    /** The test above is worth something only if the file system it runs on loses what a lying force did not make durable. */
    @Test
    void aForceThatDoesNothingLosesTheEvent() throws IOException {
        MemoryStorage crashed;
        try (var journal = open()) {
            // Given
            Events.append(journal, 1, 1);

            // When
            storage.failNext(Fault.LIE);
            Events.append(journal, 2, 2);
            crashed = storage.crash();
        }

        // Then
        assertThat(recover(crashed)).hasSize(1);
    }

    @Test
    void reusesTheNumberOfAnEventThatCouldNotBeWritten() throws IOException {
        try (var journal = open()) {
            // Given
            List<AuditEvent> acknowledged = Events.append(journal, 1, 3);

            // When
            storage.failNext(Fault.WRITE);
            assertRefused(journal, 4);

            // Then
            acknowledged.addAll(Events.append(journal, 5, 6));
            assertThat(acknowledged.get(3).getSource().getSequence()).isEqualTo(4);
            assertThat(Events.read(journal, Position.START)).isEqualTo(acknowledged);
        }
        assertThat(recover(storage)).hasSize(5);
    }

    @Test
    void neverTrustsAFileAgainWhoseForceHasFailed() throws IOException {
        MemoryStorage crashed;
        List<AuditEvent> acknowledged;
        try (var journal = open()) {
            // Given
            acknowledged = Events.append(journal, 1, 3);

            // When
            storage.failNext(Fault.FORCE, Fault.TRUNCATE);
            assertRefused(journal, 4);

            // Then
            acknowledged.addAll(Events.append(journal, 5, 6));
            assertThat(acknowledged.get(3).getSource().getSequence()).isEqualTo(4);
            assertThat(Events.read(journal, Position.START)).isEqualTo(acknowledged);
            crashed = storage.crash();
        }
        assertThat(recover(crashed)).isEqualTo(acknowledged);
        assertThat(recover(storage))
                .as("with the refused event still in the old file")
                .hasSize(5);
    }

    @Test
    void survivesASegmentThatCannotBeBegun() throws IOException {
        // Given
        try (var journal = open()) {
            Events.append(journal, 1, 1);
            storage.failNext(Fault.FORCE, Fault.FORCE_DIRECTORY);

            // When
            assertRefused(journal, 2);
            assertRefused(journal, 3);

            // Then
            assertThat(Events.append(journal, 4, 4).getFirst().getSource().getSequence())
                    .isEqualTo(2);
        }
        assertThat(recover(storage)).hasSize(2);
    }

    @Test
    void becomesWritableByItselfWhenTheDiskHasRoomAgain() throws IOException {
        try (var journal = open()) {
            // Given
            Events.append(journal, 1, 1);
            storage.setFull(true);
            assertRefused(journal, 2);
            assertThat(journal.status().problem()).isPresent();

            // When
            storage.setFull(false);

            // Then
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> journal.status().problem().isEmpty());
            assertThat(Events.append(journal, 3, 3).getFirst().getSource().getSequence())
                    .isEqualTo(2);
        }
    }

    @Test
    void opensOnAFullDiskSoThatItCanBeShippedAndFreed() throws IOException {
        // Given
        try (var journal = open()) {
            Events.append(journal, 1, 30);
        }
        storage.setFull(true);

        // When
        try (var journal = open()) {

            // Then
            assertRefused(journal, 31);
            assertThat(Events.read(journal, Position.START)).hasSize(30);
            long before = journal.status().bytes();
            journal.release(new Position(1, 30));
            assertThat(journal.status().bytes()).isLessThan(before);
            storage.setFull(false);
            AuditEvent next = Events.await(journal.append(Events.event(32)));
            assertThat(next.getSource().getBoot()).isEqualTo(2);
            assertThat(next.getSource().getSequence()).isEqualTo(1);
        }
    }

    /** One step of a run: an append, with what goes wrong meanwhile. */
    enum Step {
        APPEND,
        WRITE,
        FORCE,
        FORCE_AND_TRUNCATE,
        DIRECTORY
    }

    @Property(tries = 60)
    void whateverFailsWhatIsRecoveredIsWhatWasAcknowledged(@ForAll @Size(max = 40) List<Step> steps)
            throws IOException {
        Path lockOnly = Files.createTempDirectory("journal");
        var settings = Events.settings(lockOnly, 1 << 20, 700);
        var faulty = new VolatileStorage();
        List<AuditEvent> acknowledged = new ArrayList<>();
        MemoryStorage crashed;
        try (var journal = FileJournal.open(settings, JournalListener.NONE, faulty)) {
            acknowledged.addAll(Events.append(journal, 0, 0));
            for (int number = 1; number <= steps.size(); number++) {
                faulty.failNext(faults(steps.get(number - 1)));
                try {
                    acknowledged.add(Events.await(journal.append(Events.event(number))));
                } catch (DeepsuiteException _) {
                    // refused: must not be found
                }
                faulty.failNothing();
            }
            crashed = faulty.crash();
        }
        for (Storage left : List.of(crashed, faulty)) {
            try (var journal = FileJournal.open(settings, JournalListener.NONE, left)) {
                assertThat(Events.read(journal, Position.START)).isEqualTo(acknowledged);
            }
        }
        assertThat(acknowledged)
                .extracting(event -> event.getSource().getSequence())
                .isEqualTo(
                        LongStream.rangeClosed(1, acknowledged.size()).boxed().toList());
        Files.delete(lockOnly.resolve("lock"));
        Files.delete(lockOnly);
    }

    private static Fault[] faults(Step step) {
        return switch (step) {
            case APPEND -> new Fault[0];
            case WRITE -> new Fault[] {Fault.WRITE};
            case FORCE -> new Fault[] {Fault.FORCE};
            case FORCE_AND_TRUNCATE -> new Fault[] {Fault.FORCE, Fault.TRUNCATE};
            case DIRECTORY -> new Fault[] {Fault.FORCE_DIRECTORY};
        };
    }
}
