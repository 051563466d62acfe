package io.deepsuite.journal.file;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.Outcome;
import io.deepsuite.audit.v1.Phase;
import io.deepsuite.audit.v1.Source;
import io.deepsuite.servicekit.error.ErrorReason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Intents that have no outcome yet. An outcome that was refused is owed: its caller knows that it failed, but the change was announced, and the trail must
 * tell how it ended as soon as there is room.
 *
 * <p>What a crash leaves is right because of two things that always hold. An intent that is durable and has no durable outcome is here, and so goes to the
 * intent file before its segment is freed. An outcome leaves this set as soon as it is durable, before the writer begins another segment; so when its segment
 * is freed, its intent is in no file any more, and is not found again.
 */
final class OpenIntents {

    /** Longest intent, bytes; all that may be open at one time have to fit into memory. */
    static final int MAX_INTENT = 16 * 1024;

    /** What the bound of the files keeps free for each change that is under way, bytes: an outcome of ordinary length, so that who was let in gets out. */
    private static final long OUTCOME_RESERVE = 4 * 1024;

    private final int most;
    private final Map<String, Open> open = new LinkedHashMap<>();

    /**
     * One of them.
     *
     * @param placed where it is, {@link Position#START} when its segment is gone; null while it waits to be written
     * @param owed the outcome that was refused, with the key of its person if it brought one
     */
    private record Open(
            @Nullable Position placed,
            AuditEvent intent,
            @Nullable Pending owed) {}

    /**
     * @param most bound of changes that are under way at one time
     * @param carried intents whose segments are gone
     */
    OpenIntents(int most, List<AuditEvent> carried) {
        this.most = most;
        carried.forEach(intent -> open.put(intent.getId(), new Open(Position.START, intent, null)));
    }

    /** Takes a record that was found on disk. */
    synchronized void found(ByteString payload) throws InvalidProtocolBufferException {
        AuditEvent event = AuditEvent.parseFrom(payload);
        if (isIntent(event)) {
            placed(event);
        } else {
            open.remove(event.getId());
        }
    }

    /** Takes an event that is about to be queued. @return why it is refused; empty if it is not */
    synchronized Optional<String> announce(AuditEvent event) {
        if (!isIntent(event)) {
            return Optional.empty();
        }
        if (event.getSerializedSize() > MAX_INTENT) {
            return Optional.of(
                    "intent: %d bytes (expected: at most %d)".formatted(event.getSerializedSize(), MAX_INTENT));
        }
        if (open.size() >= most) {
            return Optional.of("audit journal: %d changes are under way (expected: fewer)".formatted(open.size()));
        }
        open.put(event.getId(), new Open(null, event, null));
        return Optional.empty();
    }

    /** An event has its place, and is written now. */
    synchronized void placed(AuditEvent stamped) {
        if (isIntent(stamped)) {
            Open former = open.get(stamped.getId());
            open.put(
                    stamped.getId(),
                    new Open(position(stamped.getSource()), stamped, former == null ? null : former.owed()));
        }
    }

    /** An event is durable. */
    synchronized void written(AuditEvent stamped) {
        if (!isIntent(stamped)) {
            open.remove(stamped.getId());
        }
    }

    /** An event was refused, before or after it had its place. */
    synchronized void refused(Pending pending) {
        AuditEvent event = pending.event();
        if (isIntent(event)) {
            open.remove(event.getId());
        } else {
            open.computeIfPresent(event.getId(), (_, of) -> new Open(of.placed(), of.intent(), owed(pending)));
        }
    }

    /** Whether this is the end of a change that was announced. */
    synchronized boolean isAwaited(AuditEvent event) {
        return !isIntent(event) && open.containsKey(event.getId());
    }

    /** Outcomes that were refused and whose intents are written, to be tried again. */
    synchronized List<Pending> takeOwed() {
        List<Pending> taken = new ArrayList<>();
        open.replaceAll((_, each) -> {
            if (each.owed() == null || each.placed() == null) {
                return each;
            }
            taken.add(each.owed());
            return new Open(each.placed(), each.intent(), null);
        });
        return taken;
    }

    /** Those that have a place at or before a position, oldest first. */
    synchronized List<AuditEvent> until(Position position) {
        return open.values().stream()
                .filter(each -> each.placed() != null && each.placed().compareTo(position) <= 0)
                .map(Open::intent)
                .toList();
    }

    synchronized int size() {
        return open.size();
    }

    /** How much room there has to be for the outcomes of all, bytes. */
    long reserve() {
        return OUTCOME_RESERVE * size();
    }

    static boolean isIntent(AuditEvent event) {
        return event.getPhase() == Phase.PHASE_INTENT;
    }

    /** Its caller was told that the audit trail could not be written, whatever the change did. */
    private static Pending owed(Pending refused) {
        AuditEvent event = refused.event();
        AuditEvent told = event.getOutcome() == Outcome.OUTCOME_SUCCESS
                ? event.toBuilder()
                        .setOutcome(Outcome.OUTCOME_FAILURE)
                        .setReason(ErrorReason.AUDIT_UNAVAILABLE.name())
                        .build()
                : event;
        return Pending.untilDurable(told, refused.key());
    }

    private static Position position(Source source) {
        return new Position(source.getBoot(), source.getSequence());
    }
}
