package io.deepsuite.engine.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deepsuite.engine.error.Refusal;
import io.deepsuite.engine.error.RefusalReason;
import io.vertx.core.Context;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * One call and its answer. The sending methods may be called from any thread and never block: an answer is bounded by the model's context, so a slow reader
 * holds some memory, and never a slot.
 */
final class Exchange {

    private static final Logger LOGGER = LoggerFactory.getLogger(Exchange.class);
    private static final Pattern REQUEST_ID = Pattern.compile("[\\x21-\\x7e]{1,128}");
    private static final String REQUEST_ID_HEADER = "x-request-id";

    private final HttpServerRequest request;
    private final Context context;
    private final InstantSource clock;
    private final long startMillis;
    private final String requestId;
    private volatile AnswerForm.Usage usage = new AnswerForm.Usage(0, 0);
    private boolean logged;

    Exchange(HttpServerRequest request, Context context, InstantSource clock) {
        this.request = request;
        this.context = context;
        this.clock = clock;
        this.startMillis = clock.millis();
        String asked = request.getHeader(REQUEST_ID_HEADER);
        this.requestId = asked != null && REQUEST_ID.matcher(asked).matches()
                ? asked
                : UUID.randomUUID().toString();
        request.response().putHeader(REQUEST_ID_HEADER, requestId);
    }

    HttpServerRequest request() {
        return request;
    }

    /** Path asked for; empty when the request line has none. */
    String path() {
        return Objects.requireNonNullElse(request.path(), "");
    }

    /** When the call came in, seconds since 1970-01-01T00:00Z. */
    long startSeconds() {
        return Math.floorDiv(startMillis, 1000L);
    }

    /** Token counts for the log. */
    void count(AnswerForm.Usage counted) {
        usage = counted;
    }

    /** Runs an action when the caller has gone before the answer was complete. */
    void onGone(Runnable action) {
        request.response().closeHandler(_ -> {
            if (!request.response().ended()) {
                action.run();
                log("gone");
            }
        });
    }

    /** Answers with one document. */
    void send(ObjectNode document) {
        later(response -> end(response, document, "ok"));
    }

    /** Answers with an error object; in an event stream that has begun, with an event. */
    void refuse(Refusal refusal) {
        later(response -> {
            ObjectNode error = AnswerForm.error(refusal);
            if (response.headWritten()) {
                response.end("data: " + error + "\n\n");
                log(refusal.reason().code());
                return;
            }
            response.setStatusCode(refusal.reason().status());
            if (refusal.reason() == RefusalReason.OVERLOADED) {
                response.putHeader("retry-after", "1");
            }
            if (refusal.reason() == RefusalReason.BODY_TOO_LARGE && request.version() != HttpVersion.HTTP_2) {
                response.putHeader("connection", "close");
            }
            end(response, error, refusal.reason().code());
        });
    }

    /** Sends an event. */
    void event(ObjectNode document) {
        later(response -> {
            if (!response.headWritten()) {
                response.putHeader("content-type", "text/event-stream;charset=utf-8")
                        .putHeader("cache-control", "no-cache")
                        .setChunked(true);
            }
            var _ = response.write("data: " + document + "\n\n");
        });
    }

    /** Ends an event stream as complete. */
    void done() {
        later(response -> {
            var _ = response.end("data: [DONE]\n\n");
            log("ok");
        });
    }

    private void end(HttpServerResponse response, ObjectNode document, String outcome) {
        response.putHeader("content-type", "application/json");
        if (request.method().equals(HttpMethod.HEAD)) {
            var _ = response.end();
        } else {
            var _ = response.end(document.toString());
        }
        log(outcome);
    }

    private void later(java.util.function.Consumer<HttpServerResponse> action) {
        context.runOnContext(_ -> {
            HttpServerResponse response = request.response();
            if (!response.ended() && !response.closed()) {
                action.accept(response);
            }
        });
    }

    private void log(String outcome) {
        if (logged) {
            return;
        }
        logged = true;
        MDC.put("requestId", requestId);
        MDC.put("route", path().startsWith("/v1/") ? path() : "other");
        MDC.put("outcome", outcome);
        MDC.put("promptTokens", Integer.toString(usage.prompt()));
        MDC.put("completionTokens", Integer.toString(usage.completion()));
        MDC.put("durationMillis", Long.toString(clock.millis() - startMillis));
        try {
            LOGGER.info("call ended");
        } finally {
            MDC.clear();
        }
    }
}
