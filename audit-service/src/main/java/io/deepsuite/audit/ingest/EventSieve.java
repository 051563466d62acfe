package io.deepsuite.audit.ingest;

import io.deepsuite.audit.event.EventFault;
import io.deepsuite.audit.event.EventKey;
import io.deepsuite.audit.event.IncomingEvent;
import io.deepsuite.audit.event.SourcePosition;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Tells new events from those seen before, and both from events that claim what another one has. */
final class EventSieve {

    private final Map<EventKey, StoredContent> contentByKey = new HashMap<>();
    private final Map<SourcePosition, EventKey> keyByPosition = new HashMap<>();

    EventSieve(Collection<StoredIdentity> stored) {
        for (var identity : stored) {
            contentByKey.put(identity.key(), identity.content());
            keyByPosition.put(identity.position(), identity.key());
        }
    }

    /** Sorts one event; a new one counts as seen from then on. */
    Verdict sift(IncomingEvent event) {
        var seen = contentByKey.get(event.key());
        if (seen != null) {
            return seen.is(event.bytes())
                    ? new Verdict.Duplicate()
                    : new Verdict.Conflict(
                            EventFault.ID_CONFLICT,
                            "id: %s, phase %s (expected: the bytes of the event that has them)"
                                    .formatted(event.key().id(), event.key().phase()));
        }
        var holder = keyByPosition.get(event.position());
        if (holder != null) {
            return new Verdict.Conflict(
                    EventFault.POSITION_CONFLICT,
                    "source: %s (expected: event %s, which has it)".formatted(event.position(), holder.id()));
        }
        contentByKey.put(event.key(), new StoredContent.Whole(event.bytes()));
        keyByPosition.put(event.position(), event.key());
        return new Verdict.New();
    }

    /** What an event is, compared with those seen before. */
    sealed interface Verdict {

        /** Neither its key nor its position is taken. */
        record New() implements Verdict {}

        /** The same event, byte for byte. */
        record Duplicate() implements Verdict {}

        /** Another event has its key or its position. */
        record Conflict(EventFault fault, String detail) implements Verdict {}
    }
}
