package io.deepsuite.model.engine;

import org.jspecify.annotations.Nullable;

/** A replica's failure; stays inside this feature. The message names statuses and codes, never what the engine wrote. */
final class EngineFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    EngineFailure(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    EngineFailure(Kind kind, String message) {
        this(kind, message, null);
    }

    Kind kind() {
        return kind;
    }

    /** What went wrong. */
    enum Kind {
        /** No connection, or it broke before the answer began. */
        CONNECTION(true, true),
        /** It is there and says that it cannot serve now. */
        UNREADY(true, true),
        /** It said nothing for too long. */
        SILENT(true, false),
        /** It broke off, or did not speak the protocol. */
        BROKEN(true, false),
        /** It has as much work as it takes. */
        BUSY(false, true),
        /** The input has more tokens than the model takes. */
        TOO_LONG(false, false),
        /** It refuses the request for another reason. */
        REFUSED(false, false);

        private final boolean replicaAtFault;
        private final boolean retryable;

        Kind(boolean replicaAtFault, boolean retryable) {
            this.replicaAtFault = replicaAtFault;
            this.retryable = retryable;
        }

        /** Whether the circuit breaker counts it. */
        boolean replicaAtFault() {
            return replicaAtFault;
        }

        /** Whether another try is safe and may help, as long as nothing was passed on. */
        boolean retryable() {
            return retryable;
        }
    }
}
