package io.deepsuite.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.Phase;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is really full: a file system of its own in memory, smaller than the journal's bound. Needs the right to mount one, and says so without it. */
class FullDiskTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long SEGMENT = 64 * 1024;

    @TempDir
    Path mount;

    @BeforeEach
    void mount() throws Exception {
        int status = run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", mount.toString());
        assumeTrue(status == 0, "NOT TESTED: a really full disk, as this user may not mount a tmpfs");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", mount.toString());
    }

    private static int run(String... command) throws IOException, InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } catch (IOException _) {
            return -1; // no such program here
        }
    }

    private FileJournal open() throws IOException {
        return Events.open(Events.settings(mount.resolve("journal"), 1 << 26, SEGMENT));
    }

    /** Appends until the disk is full. @return what was acknowledged */
    private static List<AuditEvent> fill(FileJournal journal, int from) {
        List<AuditEvent> acknowledged = new ArrayList<>();
        assertThatThrownBy(() -> {
                    for (int number = from; ; number++) {
                        acknowledged.add(Events.await(journal.append(Events.event(number))));
                    }
                })
                .isInstanceOfSatisfying(
                        DeepsuiteException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(ErrorReason.AUDIT_UNAVAILABLE))
                .hasMessage("audit journal is unwritable");
        return acknowledged;
    }

    private static Position end(List<AuditEvent> acknowledged) {
        var source = acknowledged.getLast().getSource();
        return new Position(source.getBoot(), source.getSequence());
    }

    private static void awaitWritable(FileJournal journal) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> journal.status().problem().isEmpty());
    }

    @Test
    void refusesAndGoesOnByItselfWhenWhatWasShippedIsFreed() throws IOException {
        try (var journal = open()) {
            // Given
            List<AuditEvent> acknowledged = fill(journal, 1);
            assertThat(journal.status().hasRoom())
                    .as("within the configured bound")
                    .isTrue();
            assertThat(acknowledged).hasSizeGreaterThan(1000);

            // When
            journal.release(end(acknowledged));

            // Then
            awaitWritable(journal);
            AuditEvent next = Events.await(journal.append(Events.event(100_000)));
            assertThat(next.getSource().getSequence()).isEqualTo(acknowledged.size() + 1);
            assertThat(Events.read(journal, journal.released())).containsExactly(next);
        }
    }

    @Test
    void refusesAndGoesOnByItselfWhenOthersMakeRoom() throws IOException {
        // Given
        Path other = mount.resolve("other");
        Files.write(other, new byte[512 * 1024]);
        try (var journal = open()) {
            List<AuditEvent> acknowledged = fill(journal, 1);

            // When
            Files.delete(other);

            // Then
            awaitWritable(journal);
            acknowledged.add(Events.await(journal.append(Events.event(100_000))));
            assertThat(Events.read(journal, Position.START)).isEqualTo(acknowledged);
        }
    }

    @Test
    void endsAChangeThatTheFullDiskMetOnceThereIsRoom() throws IOException {
        try (var journal = open()) {
            // Given
            Events.append(journal, 1, 500);
            Events.await(journal.append(Events.intent(501)));
            List<AuditEvent> acknowledged = fill(journal, 502);
            var outcome = journal.append(Events.outcome(501));
            assertThatThrownBy(() -> Events.await(outcome)).isInstanceOf(DeepsuiteException.class);

            // When
            Position position = end(acknowledged);
            Awaitility.await().atMost(PATIENCE).until(() -> released(journal, position));

            // Then
            Awaitility.await().atMost(PATIENCE).until(() -> journal.openIntents() == 0);
            assertThat(Events.read(journal, position))
                    .filteredOn(event -> event.getPhase() == Phase.PHASE_OUTCOME)
                    .singleElement()
                    .satisfies(event -> {
                        assertThat(event.getId()).isEqualTo(Events.event(501).getId());
                        assertThat(event.getReason()).isEqualTo("AUDIT_UNAVAILABLE");
                    });
        }
    }

    /** As the shipper does: again, until it works. The segment of the open intent is freed when those before it have made room for the intent. */
    private static boolean released(FileJournal journal, Position position) {
        try {
            journal.release(position);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    @Test
    void opensOnAFullDiskWithWhatItHolds() throws IOException {
        // Given
        List<AuditEvent> acknowledged;
        try (var journal = open()) {
            acknowledged = fill(journal, 1);
        }

        // When
        try (var journal = open()) {

            // Then
            assertThat(Events.read(journal, Position.START)).isEqualTo(acknowledged);
            journal.release(end(acknowledged));
            awaitWritable(journal);
            assertThat(Events.await(journal.append(Events.event(100_000)))
                            .getSource()
                            .getBoot())
                    .isEqualTo(2);
        }
    }
}
