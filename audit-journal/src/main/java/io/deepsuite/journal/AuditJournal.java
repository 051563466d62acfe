package io.deepsuite.journal;

import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.servicekit.error.ErrorReason;
import io.smallrye.mutiny.Uni;

/** Where a service's audit events become durable. One per process. */
public interface AuditJournal {

    /**
     * Seals the person of the event, stamps it with this journal's source and next sequence number, and appends it.
     *
     * @param event the event without its source; id and time are kept as they are
     * @return the stamped event with its person sealed, once it is on disk (fsync), and where the configuration asks for it in Kafka too; fails with {@link
     *     ErrorReason#AUDIT_UNAVAILABLE} when the journal is full, unwritable or closed, or Kafka does not acknowledge in time. Completes on the journal's own
     *     thread: callers hop back to theirs
     */
    Uni<AuditEvent> append(AuditEvent.Builder event);

    /**
     * Appends like {@link #append}, and never waits for more than the disk: for events that tell afterwards of what is done, and are tried again until they
     * are taken. One that is on disk is not missing, whatever Kafka does; to try it again would make two of it.
     *
     * @return the stamped event with its person sealed, once it is on disk
     */
    default Uni<AuditEvent> tell(AuditEvent.Builder event) {
        return append(event);
    }
}
