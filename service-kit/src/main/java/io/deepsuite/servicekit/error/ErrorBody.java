package io.deepsuite.servicekit.error;

import io.vertx.core.json.JsonObject;
import java.util.Locale;

/**
 * A failure as an HTTP answer: problem details (RFC 9457), or OpenAI's error object on the OpenAI routes.
 *
 * @param status HTTP status
 * @param mediaType {@code application/problem+json} or {@code application/json}
 * @param json the body
 */
public record ErrorBody(int status, String mediaType, String json) {

    /** Where the sections of {@code docs/errors.md} are found; the problem's {@code type}. */
    static final String TYPE_PREFIX = "https://deepsuite.io/errors/";

    private static final String OPENAI_PREFIX = "/v1/";

    /** The body for a failure of a call to that path. */
    public static ErrorBody of(DeepsuiteException failure, String path) {
        return path.startsWith(OPENAI_PREFIX) ? openAi(failure) : problem(failure);
    }

    private static ErrorBody problem(DeepsuiteException failure) {
        var reason = failure.reason();
        var body = new JsonObject()
                .put("type", TYPE_PREFIX + reason.name())
                .put("title", reason.name())
                .put("status", reason.httpStatus())
                .put("detail", failure.detail());
        failure.metadata().forEach((key, value) -> {
            if (!body.containsKey(key)) {
                body.put(key, value);
            }
        });
        return new ErrorBody(reason.httpStatus(), "application/problem+json", body.encode());
    }

    private static ErrorBody openAi(DeepsuiteException failure) {
        var reason = failure.reason();
        var error = new JsonObject()
                .put("message", failure.detail())
                .put("type", openAiType(reason.httpStatus()))
                .put("param", failure.metadata().get("field"))
                .put("code", reason.name().toLowerCase(Locale.ROOT));
        return new ErrorBody(
                reason.httpStatus(),
                "application/json",
                new JsonObject().put("error", error).encode());
    }

    private static String openAiType(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 429 -> "rate_limit_error";
            default -> status >= 500 ? "server_error" : "invalid_request_error";
        };
    }
}
