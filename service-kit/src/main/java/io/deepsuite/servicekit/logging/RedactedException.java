package io.deepsuite.servicekit.logging;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stands for another exception in the log: the same class name, stack, causes and suppressed ones, with redacted messages. */
final class RedactedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String originalClass;

    private RedactedException(Throwable original, @Nullable RedactedException cause) {
        super(original.getMessage() == null ? null : Redaction.redact(original.getMessage()), cause);
        this.originalClass = original.getClass().getName();
        setStackTrace(original.getStackTrace());
    }

    /** The exception to log in place of another. */
    static RedactedException of(Throwable original) {
        return of(original, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static RedactedException of(Throwable original, Set<Throwable> seen) {
        seen.add(original);
        var cause = original.getCause();
        var redacted = new RedactedException(original, cause == null || seen.contains(cause) ? null : of(cause, seen));
        for (var suppressed : original.getSuppressed()) {
            if (!seen.contains(suppressed)) {
                redacted.addSuppressed(of(suppressed, seen));
            }
        }
        return redacted;
    }

    /** Names the class of the original, which is what a reader of the log looks for. */
    @Override
    @SuppressWarnings("OverrideThrowableToString") // getMessage stays the original's; only the class name differs
    public String toString() {
        return getMessage() == null ? originalClass : originalClass + ": " + getMessage();
    }
}
