package io.deepsuite.servicekit.transport;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorBody;
import io.deepsuite.servicekit.error.ErrorReason;
import io.deepsuite.servicekit.error.GrpcErrors;
import io.deepsuite.servicekit.identity.BrowserPaths;
import io.deepsuite.servicekit.identity.IdentityConfig;
import io.deepsuite.servicekit.request.CallContext;
import io.grpc.Metadata;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Base64;
import java.util.Objects;

/**
 * Refuses every call of a connection without client certificate, REST or gRPC, unless its path is one for browsers. Where the port wants a certificate of everybody
 * there is no such connection. Nothing is read of a refused call and no audit event is written, as nothing is where the handshake refuses: a caller whom nobody
 * vouches for must not be able to fill the journal.
 */
@ApplicationScoped
public class CertificateGate {

    /** Next after the call filter, which gives the refusal its request id; before security, bodies and routes. */
    private static final int PRIORITY = 9_999;

    private static final Metadata.Key<byte[]> DETAILS =
            Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);
    private static final String GRPC = "application/grpc";

    private final BrowserPaths browserPaths;

    CertificateGate(IdentityConfig config) {
        this.browserPaths = BrowserPaths.of(config);
    }

    void register(@Observes Filters filters) {
        filters.register(this::handle, PRIORITY);
    }

    private void handle(RoutingContext routing) {
        var call = CallContext.of(routing);
        boolean grpc = isGrpc(routing);
        if (call.peer().isPresent() || (!grpc && browserPaths.contain(call.path()))) {
            routing.next();
            return;
        }
        var refusal = new DeepsuiteException(
                ErrorReason.CERTIFICATE_MISSING, "the connection has no client certificate, which this path needs");
        call.failed(refusal.reason());
        if (grpc) {
            refuseGrpc(routing, refusal);
        } else {
            refuse(routing, refusal, call.path());
        }
    }

    private static void refuse(RoutingContext routing, DeepsuiteException refusal, String path) {
        var body = ErrorBody.of(refusal, path);
        routing.response()
                .setStatusCode(body.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, body.mediaType())
                .end(body.json());
    }

    /** Trailers only: all of the answer is in its headers. */
    private static void refuseGrpc(RoutingContext routing, DeepsuiteException refusal) {
        var failure = GrpcErrors.status(refusal);
        var trailers = Objects.requireNonNull(failure.getTrailers());
        routing.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, GRPC)
                .putHeader(
                        "grpc-status",
                        Integer.toString(refusal.reason().grpcCode().value()))
                .putHeader("grpc-message", refusal.detail())
                .putHeader(DETAILS.name(), Base64.getEncoder().withoutPadding().encodeToString(trailers.get(DETAILS)))
                .end();
    }

    private static boolean isGrpc(RoutingContext routing) {
        var type = routing.request().getHeader(HttpHeaders.CONTENT_TYPE);
        return type != null && type.regionMatches(true, 0, GRPC, 0, GRPC.length());
    }
}
