package io.deepsuite.servicekit.error;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one exception that may cross a feature's boundary. */
public final class DeepsuiteException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorReason reason;

    @SuppressWarnings("serial") // Map.copyOf is serializable when its contents are
    private final Map<String, String> metadata;

    /**
     * @param reason what went wrong, as the caller may know it
     * @param detail one sentence for the caller, naming the offending and the expected value; no secrets, no personal data
     * @param metadata names to values that identify the subject, such as {@code field -> max_tokens}
     */
    public DeepsuiteException(ErrorReason reason, String detail, Map<String, String> metadata) {
        this(reason, detail, metadata, null);
    }

    /** As above, without metadata. */
    public DeepsuiteException(ErrorReason reason, String detail) {
        this(reason, detail, Map.of(), null);
    }

    /** As above, keeping the cause for the log. */
    public DeepsuiteException(
            ErrorReason reason, String detail, Map<String, String> metadata, @Nullable Throwable cause) {
        super(detail, cause);
        this.reason = reason;
        this.metadata = Map.copyOf(metadata);
    }

    /** What went wrong. */
    public ErrorReason reason() {
        return reason;
    }

    /** One sentence for the caller. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /** Subject of the failure; maybe empty. */
    public Map<String, String> metadata() {
        return metadata;
    }
}
