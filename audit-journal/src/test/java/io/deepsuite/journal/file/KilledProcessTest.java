package io.deepsuite.journal.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.Phase;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL, as the kernel's out-of-memory killer sends it. What the machine's power supply does is {@link JournalFaultTest}'s subject. */
class KilledProcessTest {

    private static final int ENOUGH = 400;

    @TempDir
    Path directory;

    @Test
    void everythingAKilledProcessAcknowledgedIsThereAndUnbroken() throws Exception {
        for (int boot = 1; boot <= 2; boot++) {
            // When
            Map<Long, String> acknowledged = appendAndKill();

            // Then
            Map<Long, AuditEvent> found = recoverAndRelease(boot);
            assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ENOUGH);
            assertThat(found.keySet())
                    .as("boot %d", boot)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, found.size()).boxed().toList());
            assertThat(acknowledged)
                    .allSatisfy((sequence, id) -> assertThat(found)
                            .hasEntrySatisfying(
                                    sequence, event -> assertThat(event.getId()).isEqualTo(id)));
        }
    }

    /** Every change that the killed process announced is ended or found open, the first one too, whose segment had been shipped and freed long before. */
    @Test
    void everyChangeThatAKilledProcessAnnouncedIsEndedOrFoundOpen() throws Exception {
        // When
        List<String> shipped = changeAndKill();

        // Then
        try (var journal = Events.open(directory)) {
            Stream<String> left =
                    Events.read(journal, Position.START).stream().map(event -> event.getPhase() + " " + event.getId());
            Set<String> durable = Stream.concat(shipped.stream(), left).collect(Collectors.toSet());
            Set<String> interrupted =
                    journal.interrupted().stream().map(AuditEvent::getId).collect(Collectors.toSet());
            assertThat(shipped).startsWith("PHASE_INTENT " + Events.event(1).getId());
            assertThat(interrupted).contains(Events.event(1).getId());
            assertThat(ids(durable, Phase.PHASE_INTENT))
                    .hasSizeGreaterThan(ENOUGH / 3)
                    .isEqualTo(union(ids(durable, Phase.PHASE_OUTCOME), interrupted));
            assertThat(interrupted).doesNotContainAnyElementsOf(ids(durable, Phase.PHASE_OUTCOME));
            assertThat(new FileStorage().list(directory))
                    .doesNotContain(new Layout(directory).segment(new SegmentId(1, 1)));
        }
    }

    private static Set<String> ids(Set<String> records, Phase phase) {
        return records.stream()
                .filter(record -> record.startsWith(phase + " "))
                .map(record -> record.substring(phase.name().length() + 1))
                .collect(Collectors.toSet());
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        return Stream.concat(one.stream(), other.stream()).collect(Collectors.toSet());
    }

    private List<String> changeAndKill() throws IOException, InterruptedException {
        List<String> shipped = new ArrayList<>();
        run(ChangingProcess.class, (words, process) -> {
            if (words.length == 2 && words[1].length() == 36) {
                shipped.add(words[0] + " " + words[1]);
                if (shipped.size() == ENOUGH) {
                    process.destroyForcibly();
                }
            }
        });
        return shipped;
    }

    private Map<Long, String> appendAndKill() throws IOException, InterruptedException {
        Map<Long, String> acknowledged = new TreeMap<>();
        run(AppendingProcess.class, (words, process) -> {
            if (words.length == 2 && words[1].length() == 36 && words[0].matches("\\d+")) {
                acknowledged.put(Long.valueOf(words[0]), words[1]);
                if (acknowledged.size() == ENOUGH) {
                    process.destroyForcibly();
                }
            }
        });
        return acknowledged;
    }

    /** Runs a program on the directory until it is killed, and hands out what it prints. */
    private void run(Class<?> program, BiConsumer<String[], ProcessHandle> line)
            throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = child.inputReader()) {
            String next = lines.readLine();
            while (next != null) {
                line.accept(next.split(" ", -1), child.toHandle()); // unlike the process, leaves the pipe readable
                next = lines.readLine();
            }
        } finally {
            child.destroyForcibly();
        }
        assertThat(child.waitFor()).as("killed, not ended").isEqualTo(128 + 9);
    }

    /** Opening is a boot of its own, so the process's boots are the odd ones. */
    private Map<Long, AuditEvent> recoverAndRelease(int killed) throws IOException {
        long boot = killed * 2L - 1;
        try (var journal = Events.open(directory)) {
            List<AuditEvent> events = Events.read(journal, journal.released());
            assertThat(events)
                    .allSatisfy(event -> assertThat(event.getSource().getBoot()).isEqualTo(boot));
            journal.release(new Position(boot, events.size()));
            return events.stream()
                    .collect(Collectors.toMap(
                            event -> event.getSource().getSequence(), event -> event, (one, _) -> one, TreeMap::new));
        }
    }
}
