package io.deepsuite.servicekit.rest;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses bodies over the bound by their declared length, before a byte is read; {@link BodyReadLimit} does it for those that declare none. It runs when the method is known, so that the
 * refusal leaves an audit event like any other.
 */
public final class BodyLimit {

    private static final int DRAIN_FACTOR = 4;

    private final long maxBytes;

    BodyLimit(HttpConfig config) {
        this.maxBytes = config.maxBodySize().asLongValue();
    }

    @ServerRequestFilter
    void check(ContainerRequestContext request, RoutingContext routing) {
        drainAfterwards(routing, DRAIN_FACTOR * maxBytes);
        var declared = request.getHeaderString("Content-Length");
        // 18 digits always fit into a long
        if (declared != null
                && declared.chars().allMatch(Character::isDigit)
                && (declared.length() > 18 || Long.parseLong(declared) > maxBytes)) {
            throw tooLarge(maxBytes);
        }
    }

    static DeepsuiteException tooLarge(long maxBytes) {
        return new DeepsuiteException(
                ErrorReason.BODY_TOO_LARGE,
                "body: too large (expected: at most %d bytes)".formatted(maxBytes),
                Map.of("max_bytes", Long.toString(maxBytes)));
    }

    /** Once the answer is out, the rest of the body is thrown away, so that the caller gets to read it; who goes on sending is cut off. */
    private static void drainAfterwards(RoutingContext routing, long allowance) {
        var request = routing.request();
        var discarded = new AtomicLong();
        routing.addEndHandler(_ -> {
            if (!request.isEnded()) {
                request.handler(chunk -> {
                    if (discarded.addAndGet(chunk.length()) > allowance) {
                        request.connection().close();
                    }
                });
                request.resume();
            }
        });
    }
}
