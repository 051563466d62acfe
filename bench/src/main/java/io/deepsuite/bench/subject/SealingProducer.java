package io.deepsuite.bench.subject;

import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.SubjectKey;
import io.deepsuite.journal.subject.PersonKeys;
import io.deepsuite.journal.subject.PersonSealer;
import java.time.Instant;
import java.util.Optional;

/**
 * One process that writes events: seals their persons as its journal would have done at the times of the events, with keys that no other producer has. Not for several
 * threads at once.
 */
public final class SealingProducer {

    private final PersonSealer sealer;
    private Instant now = Instant.EPOCH;

    public SealingProducer(StackSubjects subjects) {
        sealer = new PersonSealer(new PersonKeys(subjects.hasher(), subjects.wrapper(), subjects, () -> now));
    }

    /**
     * Seals the person of an event; an event that speaks of none stays as it is.
     *
     * @param plain not before the event that was sealed last
     */
    public Sealed seal(AuditEvent plain) {
        var time = plain.getTime();
        now = Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
        var event = plain.toBuilder();
        return switch (sealer.seal(event)) {
            case PersonSealer.Carried.Nothing _ -> new Sealed(event.build(), Optional.empty());
            case PersonSealer.Carried.New key -> {
                key.kept();
                yield new Sealed(event.build(), Optional.of(key.message()));
            }
        };
    }

    /**
     * An event as it is journalled.
     *
     * @param key that opens it, when this is the first event that it seals
     */
    public record Sealed(AuditEvent event, Optional<SubjectKey> key) {}
}
