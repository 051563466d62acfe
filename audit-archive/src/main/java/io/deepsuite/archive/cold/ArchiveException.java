package io.deepsuite.archive.cold;

import org.jspecify.annotations.Nullable;

/** A month is not archived, or not dropped; nothing was recorded. */
public final class ArchiveException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ArchiveException(String message) {
        this(message, null);
    }

    ArchiveException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
