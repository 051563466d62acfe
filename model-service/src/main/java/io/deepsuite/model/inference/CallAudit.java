package io.deepsuite.model.inference;

import io.deepsuite.model.registry.ModelVersion;
import io.deepsuite.servicekit.error.ErrorReason;

/** The audit event of one model call, in this feature's words. */
public interface CallAudit {

    /** Sets the version that is asked. */
    void version(ModelVersion version);

    /**
     * Sets what is known of the call so far; a later call replaces an earlier one. Called whenever more is known, since the event is written the moment that
     * the caller goes away.
     */
    void facts(InferenceFacts facts);

    /** Ends the call as succeeded; returns when the event is durable, fails with {@link ErrorReason#AUDIT_UNAVAILABLE} when it cannot be made so. */
    void succeed();

    /** Ends the call as failed; as {@link #succeed()}. */
    void fail(ErrorReason reason);
}
