package io.deepsuite.journal.subject;

import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.SubjectKey;

/** Seals the persons of events as they are written. */
public final class PersonSealer {

    private static final String DEFAULT_TENANT = "default";

    private final PersonKeys keys;
    private final PersonalSeal seal = new PersonalSeal();

    /** What has to be kept together with an event. */
    public sealed interface Carried {

        /** Nothing: the event speaks of no person, or its key is on disk already. */
        record Nothing() implements Carried {}

        /** A key that is not on disk yet. */
        final class New implements Carried {

            private final PersonKey key;

            private New(PersonKey key) {
                this.key = key;
            }

            /** The key as it is sent and stored. */
            public SubjectKey message() {
                return key.message();
            }

            /** Tells that it is on disk. */
            public void kept() {
                key.markKept();
            }
        }
    }

    public PersonSealer(PersonKeys keys) {
        this.keys = keys;
    }

    /**
     * Seals the person of an event, if it speaks of one in plain.
     *
     * @param event with its final id and tenant
     */
    public Carried seal(AuditEvent.Builder event) {
        if (!PersonalSeal.isOfPerson(event)) {
            return new Carried.Nothing();
        }
        var tenant = event.getTenant().isEmpty() ? DEFAULT_TENANT : event.getTenant();
        var key = keys.of(tenant, event.getActor().getId(), event.getActor().getName());
        seal.seal(event, key.key());
        return key.isKept() ? new Carried.Nothing() : new Carried.New(key);
    }
}
