package io.deepsuite.engine.openai;

import io.deepsuite.engine.error.Refusal;
import io.deepsuite.engine.error.RefusalReason;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/** Collects a request's body up to a bound, whether its length is declared or not. */
final class BodyReader {

    private final long maxBytes;

    /** Reads bodies of at most so many bytes. */
    BodyReader(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * Reads a body; exactly one of the two is called, on the request's event loop.
     *
     * @param whole takes the body
     * @param refused takes {@link RefusalReason#BODY_TOO_LARGE}
     */
    void read(HttpServerRequest request, Consumer<byte[]> whole, Consumer<Refusal> refused) {
        if (declaredLength(request) > maxBytes) {
            refused.accept(tooLarge());
            return;
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader("expect"))) {
            var _ = request.response().writeContinue();
        }
        Buffer body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() > maxBytes) {
                return;
            }
            body.appendBuffer(chunk);
            if (body.length() > maxBytes) {
                refused.accept(tooLarge());
            }
        });
        request.endHandler(_ -> {
            if (body.length() <= maxBytes) {
                whole.accept(body.getBytes());
            }
        });
    }

    private Refusal tooLarge() {
        return new Refusal(
                RefusalReason.BODY_TOO_LARGE, "body is larger than %d bytes, the most allowed".formatted(maxBytes));
    }

    private static long declaredLength(HttpServerRequest request) {
        String header = request.getHeader("content-length");
        try {
            return header == null ? 0 : Long.parseLong(header);
        } catch (NumberFormatException _) {
            return 0;
        }
    }
}
