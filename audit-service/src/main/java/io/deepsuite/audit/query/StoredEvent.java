package io.deepsuite.audit.query;

import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;

/** A stored event as far as pages need it: its place in the list, and its JSON. */
record StoredEvent(Instant occurredAt, UUID id, String json) {

    static final Comparator<StoredEvent> NEWEST_FIRST = NewestFirst.by(StoredEvent::occurredAt, StoredEvent::id);
}
