package io.deepsuite.audit.query;

import io.deepsuite.audit.event.EventBytes;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;

/** A stored event before it is opened: its place in the list, and its exact bytes. */
record FoundEvent(Instant occurredAt, UUID id, EventBytes bytes) {

    static final Comparator<FoundEvent> NEWEST_FIRST = NewestFirst.by(FoundEvent::occurredAt, FoundEvent::id);
}
