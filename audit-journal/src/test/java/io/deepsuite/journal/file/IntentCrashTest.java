package io.deepsuite.journal.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.Outcome;
import io.deepsuite.audit.v1.Phase;
import io.deepsuite.journal.file.VolatileStorage.Fault;
import io.deepsuite.servicekit.error.DeepsuiteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** Runs of changes, faults and restarts, each ended by a crash of the machine. */
class IntentCrashTest {

    private static List<String> ids(List<AuditEvent> events) {
        return events.stream().map(AuditEvent::getId).toList();
    }

    private static String id(int number) {
        return Events.event(number).getId();
    }

    /** One step of a run; faults hit what is appended next. */
    enum Step {
        BEGIN,
        END,
        EVENTS,
        RELEASE,
        FAIL_WRITE,
        FAIL_FORCE,
        FAIL_DIRECTORY,
        REOPEN
    }

    /** Every change that was announced has an outcome or is found to have none, never both, and whoever was refused has neither. */
    @Property(tries = 100)
    void whateverHappensACrashLeavesTheOpenChangesAndNoOthers(@ForAll @Size(max = 60) List<Step> steps)
            throws IOException {
        Path lockOnly = Files.createTempDirectory("journal");
        var settings = Events.settings(lockOnly, 1 << 20, 700);
        var run = new Run(settings);
        try {
            for (Step step : steps) {
                run.take(step);
            }
            run.check();
        } finally {
            run.journal.close();
        }
        Files.delete(lockOnly.resolve("lock"));
        Files.delete(lockOnly);
    }

    private static final class Run {
        private final JournalSettings settings;
        private final VolatileStorage disk = new VolatileStorage();
        private final List<AuditEvent> shipped = new ArrayList<>();
        private final List<Integer> open = new ArrayList<>();
        private final Set<String> announced = new HashSet<>();
        private FileJournal journal;
        private int number;

        Run(JournalSettings settings) throws IOException {
            this.settings = settings;
            journal = FileJournal.open(settings, JournalListener.NONE, disk);
        }

        void take(Step step) throws IOException {
            switch (step) {
                case BEGIN -> begin();
                case END -> end();
                case EVENTS -> append(Events.event(++number), Events.event(++number));
                case RELEASE -> release();
                case FAIL_WRITE -> disk.failNext(Fault.WRITE);
                case FAIL_FORCE -> disk.failNext(Fault.FORCE);
                case FAIL_DIRECTORY -> disk.failNext(Fault.FORCE_DIRECTORY);
                case REOPEN -> reopen();
            }
        }

        private void begin() {
            if (append(Events.intent(++number)) == 1) {
                announced.add(id(number));
                open.add(number);
            }
        }

        private void end() {
            if (!open.isEmpty()) {
                append(Events.outcome(open.remove(/* index */ open.size() / 2)));
            }
        }

        private int append(AuditEvent.Builder... events) {
            int taken = 0;
            for (var event : events) {
                try {
                    Events.await(journal.append(event));
                    taken++;
                } catch (DeepsuiteException _) {
                    // refused: its caller knows
                }
            }
            return taken;
        }

        private void release() {
            try {
                var durable = Events.read(journal, journal.released());
                if (!durable.isEmpty()) {
                    shipped.addAll(durable);
                    var source = durable.getLast().getSource();
                    journal.release(new Position(source.getBoot(), source.getSequence()));
                }
            } catch (IOException _) {
                // tried again with the next one
            }
        }

        private void reopen() throws IOException {
            disk.failNothing();
            journal.close();
            journal = FileJournal.open(settings, JournalListener.NONE, disk);
            for (AuditEvent interrupted : journal.interrupted()) {
                open.remove(Integer.valueOf((int) (interrupted.getTime().getSeconds() - 1_780_000_000L)));
                Events.await(journal.append(interrupted.toBuilder()
                        .setPhase(Phase.PHASE_OUTCOME)
                        .setOutcome(Outcome.OUTCOME_FAILURE)
                        .setReason("UNKNOWN")));
            }
            assertThat(open).as("an open change was forgotten").isEmpty();
        }

        void check() throws IOException {
            MemoryStorage left = disk.crash();
            disk.failNothing();
            journal.close();
            List<AuditEvent> all = new ArrayList<>(shipped);
            List<String> interrupted;
            journal = FileJournal.open(settings, JournalListener.NONE, left);
            all.addAll(Events.read(journal, journal.released()));
            interrupted = ids(journal.interrupted());
            List<String> ended = all.stream()
                    .filter(event -> event.getPhase() == Phase.PHASE_OUTCOME)
                    .distinct()
                    .map(AuditEvent::getId)
                    .toList();
            assertThat(ended).doesNotHaveDuplicates();
            assertThat(interrupted).doesNotHaveDuplicates().noneMatch(ended::contains);
            assertThat(announced)
                    .allSatisfy(id -> assertThat(ended.contains(id) || interrupted.contains(id))
                            .isTrue());
            assertThat(interrupted).allMatch(announced::contains);
        }
    }
}
