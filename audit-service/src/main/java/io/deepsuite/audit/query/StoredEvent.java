package io.deepsuite.audit.query;

import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;

/** A stored event as far as pages need it: its place in the list, and its JSON. */
record StoredEvent(Instant occurredAt, UUID id, String json) {

    /** Newest first; ids as PostgreSQL orders them, by unsigned bytes. */
    static final Comparator<StoredEvent> NEWEST_FIRST = Comparator.comparing(StoredEvent::occurredAt)
            .thenComparing(StoredEvent::id, StoredEvent::compareUnsigned)
            .reversed();

    private static int compareUnsigned(UUID left, UUID right) {
        int high = Long.compareUnsigned(left.getMostSignificantBits(), right.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(left.getLeastSignificantBits(), right.getLeastSignificantBits());
    }
}
