package io.deepsuite.journal.file;

import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An event on its way to the disk. */
final class Pending {

    private final AuditEvent event;
    private final boolean again;
    private final CompletableFuture<AuditEvent> durable = new CompletableFuture<>();

    Pending(AuditEvent event) {
        this(event, false);
    }

    /** @param again whether it was refused before, and nobody waits for it any more */
    Pending(AuditEvent event, boolean again) {
        this.event = event;
        this.again = again;
    }

    boolean isAgain() {
        return again;
    }

    /** The event without its source. */
    AuditEvent event() {
        return event;
    }

    /** Completed with the stamped event once that is durable. */
    CompletableFuture<AuditEvent> durable() {
        return durable;
    }

    void refuse(String why, @Nullable Throwable cause) {
        durable.completeExceptionally(new DeepsuiteException(ErrorReason.AUDIT_UNAVAILABLE, why, Map.of(), cause));
    }
}
