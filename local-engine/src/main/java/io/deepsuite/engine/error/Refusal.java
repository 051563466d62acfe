package io.deepsuite.engine.error;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call that is refused. The message is for the caller: it names the value and what was expected, and never quotes a prompt. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final RefusalReason reason;
    private final @Nullable String param;

    /** A refusal of the call as a whole. */
    public Refusal(RefusalReason reason, String message) {
        this(reason, message, null);
    }

    /**
     * A refusal because of one field.
     *
     * @param param path of the offending field, such as {@code messages[0].content}; null when there is none
     */
    public Refusal(RefusalReason reason, String message, @Nullable String param) {
        super(message, null, false, false);
        this.reason = reason;
        this.param = param;
    }

    /** Why. */
    public RefusalReason reason() {
        return reason;
    }

    /** Sentence for the caller. */
    public String message() {
        return String.valueOf(getMessage());
    }

    /** Path of the offending field. */
    public Optional<String> param() {
        return Optional.ofNullable(param);
    }
}
