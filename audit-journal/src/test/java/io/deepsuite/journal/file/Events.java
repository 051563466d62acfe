package io.deepsuite.journal.file;

import com.google.protobuf.Timestamp;
import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.Operation;
import io.deepsuite.audit.v1.Outcome;
import io.deepsuite.audit.v1.Phase;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** Events and journals for tests. */
public final class Events {

    static final int MOST_OPEN_INTENTS = 100;

    private static final JournalSettings.Origin ORIGIN =
            new JournalSettings.Origin("model-service", "model-0", "local");

    static {
        // outside Quarkus, the first Uni of a process must not be made by two threads at once
        var _ = Uni.createFrom().completionStage(CompletableFuture.completedFuture("ready"));
    }

    private Events() {}

    /** An event that differs from those of other numbers. */
    public static AuditEvent.Builder event(int number) {
        return AuditEvent.newBuilder()
                .setId(String.format(Locale.ROOT, "01980000-0000-7000-8000-%012x", number))
                .setTime(Timestamp.newBuilder().setSeconds(1_780_000_000L + number))
                .setOperation(Operation.OPERATION_READ)
                .setAction("inference.chat")
                .setOutcome(Outcome.OUTCOME_SUCCESS)
                .setReason("OK")
                .setTenant("default");
    }

    /** Announces a change. */
    public static AuditEvent.Builder intent(int number) {
        return event(number)
                .setOperation(Operation.OPERATION_UPDATE)
                .setAction("model.set-alias")
                .setPhase(Phase.PHASE_INTENT)
                .clearOutcome()
                .clearReason();
    }

    /** Ends the change of that number. */
    public static AuditEvent.Builder outcome(int number) {
        return intent(number)
                .setPhase(Phase.PHASE_OUTCOME)
                .setOutcome(Outcome.OUTCOME_SUCCESS)
                .setReason("OK");
    }

    /** Small files, no waiting before the disk is tried again. */
    public static JournalSettings settings(Path directory, long maxBytes, long segmentBytes) {
        return new JournalSettings(
                directory, ORIGIN, maxBytes, segmentBytes, 10_000, MOST_OPEN_INTENTS, Duration.ZERO, Duration.ZERO);
    }

    /** A journal whose bounds do not matter. */
    public static FileJournal open(Path directory) throws IOException {
        return open(settings(directory, 1 << 24, 1 << 20));
    }

    /** A journal that holds what is appended, and no event of its own. */
    public static FileJournal open(JournalSettings settings) throws IOException {
        return FileJournal.open(settings, JournalListener.NONE, new FileStorage());
    }

    /** Waits until the append has ended; fails as it fails. */
    public static AuditEvent await(Uni<AuditEvent> append) {
        return append.await().atMost(Duration.ofSeconds(20));
    }

    /** Appends one group after the other, each of one event. @return what was acknowledged */
    static List<AuditEvent> append(FileJournal journal, int from, int to) {
        List<AuditEvent> acknowledged = new ArrayList<>();
        for (int number = from; number <= to; number++) {
            acknowledged.add(await(journal.append(event(number))));
        }
        return acknowledged;
    }

    /** Everything that is durable behind a position. */
    static List<AuditEvent> read(FileJournal journal, Position after) throws IOException {
        List<AuditEvent> events = new ArrayList<>();
        try (var cursor = journal.cursor(after)) {
            var next = cursor.next();
            while (next.isPresent()) {
                events.add(AuditEvent.parseFrom(next.get().payload()));
                next = cursor.next();
            }
        }
        return events;
    }
}
