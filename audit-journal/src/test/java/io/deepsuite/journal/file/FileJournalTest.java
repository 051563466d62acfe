package io.deepsuite.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.Source;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileJournalTest {

    @TempDir
    Path directory;

    @Test
    void stampsTheSourceAndKeepsTheExactBytes() throws IOException {
        try (var journal = Events.open(directory)) {
            // When
            AuditEvent stamped = Events.await(
                    journal.append(Events.event(7).setSource(Source.newBuilder().setBoot(99))));

            // Then
            assertThat(stamped.getSource())
                    .isEqualTo(Source.newBuilder()
                            .setService("model-service")
                            .setInstance("model-0")
                            .setNamespace("local")
                            .setBoot(1)
                            .setSequence(1)
                            .build());
            assertThat(stamped.toBuilder().clearSource().build())
                    .isEqualTo(Events.event(7).build());
            try (var cursor = journal.cursor(Position.START)) {
                assertThat(cursor.next().orElseThrow())
                        .isEqualTo(new StoredRecord(new Position(1, 1), stamped.toByteString()));
            }
        }
    }

    @Test
    void numbersEachBootFromOneAndReadsThemInOrder() throws IOException {
        // Given
        List<AuditEvent> acknowledged = new ArrayList<>();
        for (int boot = 1; boot <= 3; boot++) {
            try (var journal = Events.open(directory)) {
                acknowledged.addAll(Events.append(journal, boot * 10, boot * 10 + 4));
            }
        }

        // When
        try (var journal = Events.open(directory)) {
            List<AuditEvent> read = Events.read(journal, Position.START);

            // Then
            assertThat(read).isEqualTo(acknowledged);
            assertThat(read)
                    .extracting(
                            event -> event.getSource().getBoot(),
                            event -> event.getSource().getSequence())
                    .startsWith(org.assertj.core.groups.Tuple.tuple(1L, 1L))
                    .endsWith(org.assertj.core.groups.Tuple.tuple(3L, 5L));
            assertThat(Events.read(journal, new Position(2, 3)))
                    .isEqualTo(acknowledged.subList(8, acknowledged.size()));
        }
    }

    @Test
    void numbersConcurrentAppendsWithoutGapOverManySegments() throws Exception {
        // Given
        int appenders = 16;
        int each = 250;
        List<AuditEvent> acknowledged = new ArrayList<>();
        try (var journal = Events.open(Events.settings(directory, 1 << 24, 4096));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // When
            var all = threads.invokeAll(IntStream.range(0, appenders)
                    .mapToObj(appender -> (java.util.concurrent.Callable<List<AuditEvent>>)
                            () -> Events.append(journal, appender * each, appender * each + each - 1))
                    .toList());
            for (var one : all) {
                acknowledged.addAll(one.get());
            }

            // Then
            List<AuditEvent> read = Events.read(journal, Position.START);
            assertThat(read)
                    .extracting(event -> event.getSource().getSequence())
                    .isEqualTo(LongStream.rangeClosed(1, acknowledged.size())
                            .boxed()
                            .toList());
            assertThat(read).containsExactlyInAnyOrderElementsOf(acknowledged);
            assertThat(new FileStorage().list(directory)).hasSizeGreaterThan(20);
        }
    }

    @Test
    void refusesAtTheBoundAndGoesOnWhenSpaceIsReleased() throws IOException {
        // Given
        try (var journal = Events.open(Events.settings(directory, 4096, 1024))) {
            List<AuditEvent> acknowledged = new ArrayList<>();
            assertThatThrownBy(() -> {
                        for (int number = 0; number < 100; number++) {
                            acknowledged.add(Events.await(journal.append(Events.event(number))));
                        }
                    })
                    .isInstanceOfSatisfying(
                            DeepsuiteException.class,
                            refused -> assertThat(refused.reason()).isEqualTo(ErrorReason.AUDIT_UNAVAILABLE))
                    .hasMessage("audit journal is full: 4096 bytes");
            assertThat(journal.status().bytes()).isBetween(3000L, 4096L);

            // When
            journal.release(new Position(1, acknowledged.size()));

            // Then
            AuditEvent next = Events.await(journal.append(Events.event(100)));
            assertThat(next.getSource().getSequence()).isEqualTo(acknowledged.size() + 1);
            assertThat(Events.read(journal, journal.released())).containsExactly(next);
        }
    }

    @Test
    void keepsTheKeyOfAPersonWithTheEventThatBroughtIt() throws IOException {
        var key = ByteString.copyFromUtf8("a key");
        AuditEvent first;
        AuditEvent second;
        try (var journal = Events.open(directory)) {
            first = Events.await(journal.append(Events.event(1), key));
            second = Events.await(journal.append(Events.event(2)));
        }
        try (var journal = Events.open(directory);
                var cursor = journal.cursor(Position.START)) {
            assertThat(cursor.next()).contains(new StoredRecord(new Position(1, 1), first.toByteString(), key));
            assertThat(cursor.next())
                    .contains(new StoredRecord(new Position(1, 2), second.toByteString(), ByteString.EMPTY));
        }
    }

    @Test
    void refusesAnEventThatIsTooLargeAndTakesTheNext() throws IOException {
        try (var journal = Events.open(directory)) {
            // When
            var tooLarge = journal.append(Events.event(1).setReason("x".repeat(RecordFormat.MAX_PAYLOAD)));

            // Then
            assertThatThrownBy(() -> Events.await(tooLarge)).isInstanceOf(DeepsuiteException.class);
            assertThat(Events.append(journal, 2, 2).getFirst().getSource().getSequence())
                    .isEqualTo(1);
        }
    }

    @Test
    void keepsASecondJournalOutOfTheDirectory() throws IOException {
        try (var _ = Events.open(directory)) {
            assertThatThrownBy(() -> Events.open(directory))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use");
        }
        Events.open(directory).close();
    }

    @Test
    void refusesEventsAfterItsEnd() throws IOException {
        // Given
        var journal = Events.open(directory);
        journal.close();

        // When
        var late = journal.append(Events.event(1));

        // Then
        assertThatThrownBy(() -> Events.await(late))
                .isInstanceOf(DeepsuiteException.class)
                .hasMessage("audit journal is closed");
    }

    @Test
    void makesEverythingDurableThatWasAppendedBeforeItsEnd() throws IOException {
        // Given
        var journal = Events.open(directory);
        var appends = IntStream.range(0, 500)
                .mapToObj(number -> journal.append(Events.event(number)))
                .toList();

        // When
        journal.close();

        // Then
        List<AuditEvent> acknowledged = appends.stream().map(Events::await).toList();
        try (var reopened = Events.open(directory)) {
            assertThat(Events.read(reopened, Position.START)).isEqualTo(acknowledged);
        }
    }

    @Test
    void remembersWhatWasReleased() throws IOException {
        // Given
        try (var journal = Events.open(Events.settings(directory, 1 << 20, 1024))) {
            Events.append(journal, 1, 50);
            journal.release(new Position(1, 33));
        }

        // When
        try (var journal = Events.open(directory)) {

            // Then
            assertThat(journal.released()).isEqualTo(new Position(1, 33));
            assertThat(journal.count(journal.released())).isEqualTo(17);
            assertThat(Events.read(journal, journal.released())).hasSize(17);
        }
    }
}
