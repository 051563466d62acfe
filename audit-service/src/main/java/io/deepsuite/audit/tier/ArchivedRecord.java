package io.deepsuite.audit.tier;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import java.util.Map;
import java.util.UUID;

/**
 * A record of an operation that is in an archive only.
 *
 * @param phase {@code INTENT} or {@code OUTCOME}
 * @param log number of the log
 * @param leaf leaf index
 * @param month the archive
 */
public record ArchivedRecord(String phase, int log, long leaf, ArchivedMonth month) {

    /** What whoever asks for the event is told. */
    public DeepsuiteException gone(UUID id) {
        return new DeepsuiteException(
                ErrorReason.AUDIT_EVENT_ARCHIVED,
                "audit event \"%s\" has left the store: it is in the archive of %s at %s"
                        .formatted(id, month.month(), month.location()),
                Map.of(
                        "id", id.toString(),
                        "tier", Tier.ARCHIVE,
                        "month", month.month().toString(),
                        "location", month.location()));
    }
}
