package io.deepsuite.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.ByteString;
import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.Outcome;
import io.deepsuite.audit.v1.Phase;
import io.deepsuite.journal.file.VolatileStorage.Fault;
import io.deepsuite.servicekit.error.DeepsuiteException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes that are announced: what is known of them after a crash, wherever their segments are. */
class IntentTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int SEGMENT = 1024;

    private final VolatileStorage storage = new VolatileStorage();

    @TempDir
    Path directory;

    private FileJournal open(Storage on) throws IOException {
        return FileJournal.open(Events.settings(directory, 1 << 20, SEGMENT), JournalListener.NONE, on);
    }

    private static void assertRefused(FileJournal journal, AuditEvent.Builder event, String why) {
        var append = journal.append(event);
        assertThatThrownBy(() -> Events.await(append))
                .isInstanceOf(DeepsuiteException.class)
                .hasMessage(why);
    }

    private List<String> interrupted(Storage from) throws IOException {
        try (var journal = open(from)) {
            assertThat(journal.openIntents()).isEqualTo(journal.interrupted().size());
            return ids(journal.interrupted());
        }
    }

    private static List<String> ids(List<AuditEvent> events) {
        return events.stream().map(AuditEvent::getId).toList();
    }

    private static String id(int number) {
        return Events.event(number).getId();
    }

    private static void releaseAll(FileJournal journal) throws IOException {
        var events = Events.read(journal, journal.released());
        var source = events.getLast().getSource();
        journal.release(new Position(source.getBoot(), source.getSequence()));
    }

    @Test
    void findsAnIntentWithoutOutcomeUntilItHasOne() throws IOException {
        // Given
        AuditEvent intent;
        try (var journal = open(storage)) {
            intent = Events.await(journal.append(Events.intent(1)));
            Events.await(journal.append(Events.intent(2)));
            Events.await(journal.append(Events.outcome(2)));
        }

        // When
        try (var journal = open(storage)) {

            // Then
            assertThat(journal.interrupted()).containsExactly(intent);
            Events.await(journal.append(Events.outcome(1)));
            assertThat(journal.openIntents()).isZero();
        }
        assertThat(interrupted(storage)).isEmpty();
    }

    @Test
    void keepsAnOpenIntentWhoseSegmentIsFreed() throws IOException {
        // Given
        AuditEvent intent;
        MemoryStorage crashed;
        try (var journal = open(storage)) {
            intent = Events.await(journal.append(Events.intent(1)));
            Events.append(journal, 2, 50);

            // When
            releaseAll(journal);
            crashed = storage.crash();
        }

        // Then
        assertThat(crashed.list(directory))
                .filteredOn(file -> Layout.segmentId(file).isPresent())
                .hasSize(1);
        try (var journal = open(crashed)) {
            assertThat(Events.read(journal, Position.START)).doesNotContain(intent);
            assertThat(journal.interrupted()).containsExactly(intent);
        }
    }

    @Test
    void forgetsAnIntentBeforeTheSegmentOfItsOutcomeIsFreed() throws IOException {
        // Given
        MemoryStorage crashed;
        try (var journal = open(storage)) {
            Events.await(journal.append(Events.intent(1)));
            Events.append(journal, 2, 50);
            releaseAll(journal);
            Events.await(journal.append(Events.outcome(1)));
            assertThat(storage.exists(new Layout(directory).intents())).isTrue();

            // When
            Events.append(journal, 51, 99);
            releaseAll(journal);
            crashed = storage.crash();
        }

        // Then
        assertThat(crashed.exists(new Layout(directory).intents())).isFalse();
        assertThat(interrupted(crashed)).isEmpty();
    }

    @Test
    void keepsASegmentWhoseIntentCannotBeKeptElsewhereAndFreesThoseBefore() throws IOException {
        // Given
        MemoryStorage held;
        MemoryStorage freed;
        try (var journal = open(storage)) {
            Events.append(journal, 1, 20);
            Events.await(journal.append(Events.intent(21)));
            Events.append(journal, 22, 50);
            storage.setFull(true);

            // When
            long before = journal.status().bytes();
            assertThatThrownBy(() -> releaseAll(journal)).isInstanceOf(IOException.class);

            // Then
            assertThat(journal.status().bytes()).isLessThan(before - SEGMENT);
            held = storage.crash();
            storage.setFull(false);
            journal.release(journal.released());
            assertThat(journal.wouldFree(journal.released())).isFalse();
            freed = storage.crash();
        }
        assertThat(interrupted(held)).containsExactly(id(21));
        assertThat(interrupted(freed)).containsExactly(id(21));
    }

    @Test
    void refusesChangesBeyondTheBoundUntilOthersEnd() throws IOException {
        try (var journal = open(storage)) {
            // Given
            for (int number = 1; number <= Events.MOST_OPEN_INTENTS; number++) {
                Events.await(journal.append(Events.intent(number)));
            }

            // When
            assertRefused(journal, Events.intent(1000), "audit journal: 100 changes are under way (expected: fewer)");

            // Then
            Events.await(journal.append(Events.event(1001)));
            Events.await(journal.append(Events.outcome(1)));
            Events.await(journal.append(Events.intent(1000)));
        }
    }

    @Test
    void refusesAnIntentThatIsTooLong() throws IOException {
        try (var journal = open(storage)) {
            var tooLong = Events.intent(1).setTenant("x".repeat(OpenIntents.MAX_INTENT));

            assertRefused(
                    journal,
                    tooLong,
                    "intent: %d bytes (expected: at most 16384)"
                            .formatted(tooLong.build().getSerializedSize()));
            assertThat(journal.openIntents()).isZero();
        }
    }

    @Test
    void keepsRoomForTheEndOfEveryChangeThatIsUnderWay() throws IOException {
        // Given
        var settings = Events.settings(directory, 128 * 1024, 16 * 1024);
        try (var journal = FileJournal.open(settings, JournalListener.NONE, storage)) {
            int changes = 20;
            for (int number = 1; number <= changes; number++) {
                Events.await(journal.append(Events.intent(number)));
            }
            assertThatThrownBy(() -> Events.append(journal, 1000, 100_000))
                    .hasMessage("audit journal is full: 131072 bytes");
            assertThat(journal.status().hasRoom()).isFalse();
            assertRefused(journal, Events.intent(999), "audit journal is full: 131072 bytes");

            // When
            for (int number = 1; number <= changes; number++) {
                Events.await(journal.append(Events.outcome(number)));
            }

            // Then
            assertThat(journal.openIntents()).isZero();
            Events.await(journal.append(Events.event(500)));
        }
    }

    @Test
    void writesARefusedOutcomeLaterAndSaysWhatItsCallerWasTold() throws IOException {
        try (var journal = open(storage)) {
            // Given
            Events.await(journal.append(Events.intent(1)));

            // When
            storage.failNext(Fault.WRITE);
            assertRefused(journal, Events.outcome(1), "audit journal is unwritable");

            // Then
            Awaitility.await().atMost(PATIENCE).until(() -> journal.openIntents() == 0);
            AuditEvent outcome = Events.read(journal, Position.START).getLast();
            assertThat(outcome.getId()).isEqualTo(id(1));
            assertThat(outcome.getPhase()).isEqualTo(Phase.PHASE_OUTCOME);
            assertThat(outcome.getOutcome()).isEqualTo(Outcome.OUTCOME_FAILURE);
            assertThat(outcome.getReason()).isEqualTo("AUDIT_UNAVAILABLE");
            assertThat(outcome.getSource().getSequence()).isEqualTo(2);
        }
        assertThat(interrupted(storage)).isEmpty();
    }

    @Test
    void writesARefusedOutcomeWithTheKeyThatItBrought() throws IOException {
        try (var journal = open(storage)) {
            // Given
            var key = ByteString.copyFromUtf8("the key of this hour");
            Events.await(journal.append(Events.intent(1)));

            // When
            storage.failNext(Fault.WRITE);
            var append = journal.append(Events.outcome(1), key);
            assertThatThrownBy(() -> Events.await(append)).isInstanceOf(DeepsuiteException.class);

            // Then
            Awaitility.await().atMost(PATIENCE).until(() -> journal.openIntents() == 0);
            try (var cursor = journal.cursor(new Position(1, 1))) {
                assertThat(cursor.next())
                        .hasValueSatisfying(record -> assertThat(record.key()).isEqualTo(key));
            }
        }
    }

    @Test
    void writesARefusedOutcomeBeforeItsLastEvent() throws IOException {
        // Given
        var journal = open(storage);
        Events.await(journal.append(Events.intent(1)));
        storage.failNext(Fault.WRITE);
        assertRefused(journal, Events.outcome(1), "audit journal is unwritable");

        // When
        journal.stop(Events.event(2));

        // Then
        assertThat(Events.read(journal, Position.START))
                .extracting(AuditEvent::getId, AuditEvent::getPhase)
                .containsExactly(
                        tuple(id(1), Phase.PHASE_INTENT),
                        tuple(id(1), Phase.PHASE_OUTCOME),
                        tuple(id(2), Phase.PHASE_UNSPECIFIED));
        journal.close();
        assertThat(interrupted(storage)).isEmpty();
    }

    @Test
    void expectsNoOutcomeOfAnIntentThatWasRefused() throws IOException {
        try (var journal = open(storage)) {
            // Given
            Events.append(journal, 2, 2);

            // When
            storage.failNext(Fault.WRITE);
            assertRefused(journal, Events.intent(1), "audit journal is unwritable");

            // Then
            assertThat(journal.openIntents()).isZero();
            assertThat(Events.await(journal.append(Events.outcome(1)))
                            .getSource()
                            .getSequence())
                    .isEqualTo(2);
        }
        assertThat(interrupted(storage)).isEmpty();
    }

    @Test
    void refusesToOpenWithADamagedIntentFile() throws IOException {
        // Given
        try (var journal = open(storage)) {
            Events.await(journal.append(Events.intent(1)));
            Events.append(journal, 2, 50);
            releaseAll(journal);
        }
        var left = storage.crash();
        Path file = new Layout(directory).intents();
        byte[] content = left.get(file);

        for (int at = 0; at < content.length; at++) {
            // When
            byte[] damaged = content.clone();
            damaged[at] ^= 1;
            left.put(file, damaged);

            // Then
            assertThatThrownBy(() -> open(left))
                    .as("byte %d", at)
                    .isInstanceOfSatisfying(
                            JournalCorruptException.class,
                            damage -> assertThat(damage.file()).isEqualTo(file));
        }
        left.put(file, content);
        assertThat(interrupted(left)).containsExactly(id(1));
    }
}
