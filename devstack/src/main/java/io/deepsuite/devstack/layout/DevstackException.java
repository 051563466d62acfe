package io.deepsuite.devstack.layout;

import org.jspecify.annotations.Nullable;

/** Why the stack could not do what was asked; the message is one a person at a terminal can act on. */
public final class DevstackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DevstackException(String message) {
        super(message);
    }

    /** @param cause kept for the stack trace only; the message says everything a person needs */
    public DevstackException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
