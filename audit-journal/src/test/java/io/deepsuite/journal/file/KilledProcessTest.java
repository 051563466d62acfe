package io.deepsuite.journal.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.audit.v1.AuditEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
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

    private Map<Long, String> appendAndKill() throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AppendingProcess.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Map<Long, String> acknowledged = new TreeMap<>();
        try (BufferedReader lines = child.inputReader()) {
            String line = lines.readLine();
            while (line != null) {
                String[] words = line.split(" ", -1);
                if (words.length == 2 && words[1].length() == 36 && words[0].matches("\\d+")) {
                    acknowledged.put(Long.valueOf(words[0]), words[1]);
                    if (acknowledged.size() == ENOUGH) {
                        child.toHandle().destroyForcibly(); // unlike the process, leaves the pipe readable
                    }
                }
                line = lines.readLine();
            }
        } finally {
            child.destroyForcibly();
        }
        assertThat(child.waitFor()).as("killed, not ended").isEqualTo(128 + 9);
        return acknowledged;
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
