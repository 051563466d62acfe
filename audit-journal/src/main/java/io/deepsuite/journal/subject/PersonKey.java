package io.deepsuite.journal.subject;

import io.deepsuite.audit.v1.SubjectKey;
import java.time.Duration;
import java.time.Instant;

/** A key in use. Until the journal has it on disk, every event that it seals brings it along: whichever is durable first makes the key durable. */
final class PersonKey {

    private final DataKey key;
    private final SubjectKey message;
    private final Instant made;
    private volatile boolean kept;

    PersonKey(DataKey key, SubjectKey message, Instant made) {
        this.key = key;
        this.message = message;
        this.made = made;
    }

    DataKey key() {
        return key;
    }

    /** As it is sent and stored. */
    SubjectKey message() {
        return message;
    }

    /** Whether it may seal at a time; not after its life, and not when the clock went back behind its beginning. */
    boolean isUsable(Instant now, Duration lifetime) {
        return !now.isBefore(made) && now.isBefore(made.plus(lifetime));
    }

    boolean isKept() {
        return kept;
    }

    void markKept() {
        kept = true;
    }
}
