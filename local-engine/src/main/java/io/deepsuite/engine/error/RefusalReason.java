package io.deepsuite.engine.error;

/** Why a call is refused: the HTTP status and the {@code type} and {@code code} of OpenAI's error object. */
public enum RefusalReason {
    /** The body is not UTF-8, or not one JSON object. */
    BODY_MALFORMED(400, "invalid_request_error", "invalid_json"),
    /** A field has the wrong type or a value outside its range. */
    VALUE_INVALID(400, "invalid_request_error", "invalid_value"),
    /** A field that the protocol does not know. */
    FIELD_UNKNOWN(400, "invalid_request_error", "unknown_parameter"),
    /** A field of the protocol that this engine does not offer. */
    FIELD_UNSUPPORTED(400, "invalid_request_error", "unsupported_parameter"),
    /** The prompt fills the context, so that no token is left for an answer. */
    CONTEXT_EXCEEDED(400, "invalid_request_error", "context_length_exceeded"),
    /** A text has more characters without a break than the tokenizer's stack is sized for. */
    RUN_TOO_LONG(400, "invalid_request_error", "unbroken_run_too_long"),
    /** The certificate's common name is not on the list of peers. */
    PEER_REFUSED(403, "permission_error", "peer_not_allowed"),
    /** The engine serves one model, and it is another. */
    MODEL_NOT_FOUND(404, "invalid_request_error", "model_not_found"),
    /** No such path. */
    ROUTE_NOT_FOUND(404, "invalid_request_error", "unknown_url"),
    /** The path exists, the HTTP method does not. */
    METHOD_NOT_ALLOWED(405, "invalid_request_error", "method_not_supported"),
    /** The body is larger than the configured bound. */
    BODY_TOO_LARGE(413, "invalid_request_error", "request_too_large"),
    /** The body is not declared as JSON. */
    MEDIA_TYPE_UNSUPPORTED(415, "invalid_request_error", "unsupported_media_type"),
    /** Every slot is busy and the queue is full. */
    OVERLOADED(429, "rate_limit_error", "engine_overloaded"),
    /** Anything not foreseen; details stay in the log. */
    INTERNAL(500, "server_error", "internal_error"),
    /** The process is ending. */
    STOPPING(503, "server_error", "engine_stopping");

    private final int status;
    private final String type;
    private final String code;

    RefusalReason(int status, String type, String code) {
        this.status = status;
        this.type = type;
        this.code = code;
    }

    /** HTTP status, 400 to 503. */
    public int status() {
        return status;
    }

    /** Family of errors, as OpenAI clients know it. */
    public String type() {
        return type;
    }

    /** Stable name of the error. */
    public String code() {
        return code;
    }
}
