package io.deepsuite.servicekit.grpc;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.deepsuite.servicekit.error.GrpcErrors;
import io.grpc.Metadata;
import io.grpc.Status;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;

/** Gives its reason to the one refusal that the transport makes by itself: a message over the bound, of which it keeps no byte. */
@ApplicationScoped
public class TransportRefusals {

    private static final Metadata.Key<byte[]> DETAILS =
            Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);
    private static final String STATUS = "grpc-status";
    private static final String MESSAGE = "grpc-message";
    private static final String OVER_BOUND = Integer.toString(Status.Code.RESOURCE_EXHAUSTED.value());

    private final String details;
    private final String message;

    TransportRefusals(GrpcConfig config) {
        int maxBytes = config.maxMessageBytes();
        var failure = new DeepsuiteException(
                ErrorReason.BODY_TOO_LARGE,
                "message: too large (expected: at most %d bytes)".formatted(maxBytes),
                Map.of("max_bytes", Integer.toString(maxBytes)));
        var trailers = Objects.requireNonNull(GrpcErrors.status(failure).getTrailers());
        details = Base64.getEncoder().withoutPadding().encodeToString(trailers.get(DETAILS));
        message = failure.detail();
    }

    void register(@Observes Filters filters) {
        filters.register(this::handle, 0);
    }

    private void handle(RoutingContext routing) {
        routing.addHeadersEndHandler(_ -> complete(routing.response().headers()));
        routing.next();
    }

    /** A refusal without message is all in its headers; those of the suite have their details already. */
    private void complete(MultiMap headers) {
        if (OVER_BOUND.equals(headers.get(STATUS)) && !headers.contains(DETAILS.name())) {
            headers.set(DETAILS.name(), details).set(MESSAGE, message);
        }
    }
}
