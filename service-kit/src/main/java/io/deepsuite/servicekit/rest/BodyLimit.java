package io.deepsuite.servicekit.rest;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses bodies over the bound: by their declared length before a byte is read, and by what arrives otherwise. It runs when the method is known, so that the
 * refusal leaves an audit event like any other.
 */
public final class BodyLimit {

    private final long maxBytes;

    BodyLimit(HttpConfig config) {
        this.maxBytes = config.maxBodySize().asLongValue();
    }

    @ServerRequestFilter
    void check(ContainerRequestContext request, RoutingContext routing) {
        var declared = request.getHeaderString("Content-Length");
        if (declared != null && declared.chars().allMatch(Character::isDigit)) {
            // 18 digits always fit into a long
            if (declared.length() > 18 || Long.parseLong(declared) > maxBytes) {
                stopAfterwards(routing);
                throw tooLarge(maxBytes);
            }
        } else if (request.hasEntity()) {
            request.setEntityStream(
                    new BoundedInputStream(request.getEntityStream(), maxBytes, () -> stopAfterwards(routing)));
        }
    }

    static DeepsuiteException tooLarge(long maxBytes) {
        return new DeepsuiteException(
                ErrorReason.BODY_TOO_LARGE,
                "body: too large (expected: at most %d bytes)".formatted(maxBytes),
                Map.of("max_bytes", Long.toString(maxBytes)));
    }

    /** Once the answer is out, nobody reads the rest of the body: HTTP/2 resets the stream without an error, HTTP/1.1 has to close. */
    private static void stopAfterwards(RoutingContext routing) {
        routing.addEndHandler(_ -> {
            if (routing.request().version() == HttpVersion.HTTP_2) {
                routing.response().reset(0L);
            } else {
                routing.request().connection().close();
            }
        });
    }
}
