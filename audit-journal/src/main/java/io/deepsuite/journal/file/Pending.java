package io.deepsuite.journal.file;

import com.google.protobuf.ByteString;
import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An event on its way to the disk. */
final class Pending {

    private final AuditEvent event;
    private final ByteString key;
    private final boolean untilDurable;
    private final CompletableFuture<AuditEvent> durable = new CompletableFuture<>();

    Pending(AuditEvent event) {
        this(event, ByteString.EMPTY, false);
    }

    Pending(AuditEvent event, ByteString key) {
        this(event, key, false);
    }

    private Pending(AuditEvent event, ByteString key, boolean untilDurable) {
        this.event = event;
        this.key = key;
        this.untilDurable = untilDurable;
    }

    /** One that nobody waits for and that is tried until it is durable. */
    static Pending untilDurable(AuditEvent event, ByteString key) {
        return new Pending(event, key, true);
    }

    boolean isUntilDurable() {
        return untilDurable;
    }

    /** The event without its source. */
    AuditEvent event() {
        return event;
    }

    /** The key of a person that has to be kept with it; empty for most. */
    ByteString key() {
        return key;
    }

    /** Completed with the stamped event once that is durable. */
    CompletableFuture<AuditEvent> durable() {
        return durable;
    }

    void refuse(String why, @Nullable Throwable cause) {
        durable.completeExceptionally(new DeepsuiteException(ErrorReason.AUDIT_UNAVAILABLE, why, Map.of(), cause));
    }
}
