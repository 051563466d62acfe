package io.deepsuite.journal.scope;

import io.deepsuite.audit.v1.InferenceDetail;
import io.deepsuite.servicekit.error.ErrorReason;
import io.smallrye.mutiny.Uni;
import java.util.function.Consumer;

/**
 * The audit event of the call that is being served. The interceptor makes it when the call comes in and writes it when the call ends; the use case adds
 * what only it knows. Whoever ends it first decides the outcome: exactly one event leaves a call.
 */
public interface AuditScope {

    /**
     * Sets what was acted upon; empty strings for what does not apply. The resource's type comes from the method's declaration. As all texts of the event,
     * these are cut to the 1024 bytes that the audit service stores, and NUL is replaced.
     */
    AuditScope resource(String id, String version, String digest);

    /** Adds facts of a model call. */
    AuditScope inference(Consumer<InferenceDetail.Builder> change);

    /**
     * Adds one fact, no payload.
     *
     * @param key lower_snake_case, never a caller's text
     * @param value cut to 256 characters
     */
    AuditScope attribute(String key, String value);

    /**
     * Announces a change, with what is known of it by now: an intent under the event's id. Who creates, updates or deletes waits for it before the first
     * effect, once the caller is authorised, the input is checked and the resource is known. A second time is the same as once.
     *
     * @return completes when the intent is durable; fails with {@link ErrorReason#AUDIT_UNAVAILABLE} when it cannot be made so, and with {@link
     *     ErrorReason#CANCELLED} when the operation has ended meanwhile: nothing may be changed then
     */
    Uni<Void> begin();

    /**
     * Ends the operation as succeeded. A streaming method calls it before the last message leaves; unary methods need not, the interceptor does.
     *
     * @return completes when the event is durable; fails with {@link ErrorReason#AUDIT_UNAVAILABLE} when it cannot be made so
     */
    Uni<Void> succeed();

    /**
     * Ends the operation as failed.
     *
     * @return as {@link #succeed()}
     */
    Uni<Void> fail(ErrorReason reason);
}
