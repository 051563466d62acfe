package io.deepsuite.audit.subject;

import io.deepsuite.journal.subject.Subject;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The keys that are stored. */
interface SubjectKeys {

    /** Keys by their ids; what is not known is missing. */
    Uni<Map<UUID, StoredKey>> find(Collection<UUID> ids);

    /** The keys of a person, and of the persons with a name, newest first; without the erased ones. */
    Uni<List<SubjectKeyId>> ids(Subject subject, String nameHmac, SubjectKeyWindow window);

    /** Keys of a person, and of the persons with a name, that sealed late events between two times, both inclusive; without the erased ones. */
    Uni<List<UUID>> lateIds(Subject subject, String nameHmac, Instant from, Instant to);
}
