package io.deepsuite.proof.note;

import org.jspecify.annotations.Nullable;

/** A note or checkpoint is malformed, or no known key signed it. The message says which, and names the offending part. */
public final class NoteException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoteException(String message) {
        this(message, null);
    }

    NoteException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
