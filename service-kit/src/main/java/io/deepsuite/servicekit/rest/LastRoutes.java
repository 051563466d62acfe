package io.deepsuite.servicekit.rest;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorBody;
import io.deepsuite.servicekit.error.ErrorReason;
import io.deepsuite.servicekit.error.Failures;
import io.deepsuite.servicekit.request.CallContext;
import io.quarkus.security.AuthenticationRedirectException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what fails before or beside the REST methods: unknown paths, and failures in the HTTP layer. */
@ApplicationScoped
public class LastRoutes {

    private static final Logger LOGGER = LoggerFactory.getLogger(LastRoutes.class);

    private static final int FIRST = -20_000;

    void register(@Observes Router router) {
        router.route().order(FIRST).failureHandler(LastRoutes::failed);
        router.errorHandler(404, routing -> answer(routing, ofStatus(404)));
        router.errorHandler(405, routing -> answer(routing, ofStatus(405)));
        router.errorHandler(413, routing -> answer(routing, ofStatus(413)));
        router.errorHandler(415, routing -> answer(routing, ofStatus(415)));
        router.errorHandler(400, routing -> answer(routing, ofStatus(400)));
    }

    private static void failed(RoutingContext routing) {
        if (isGrpc(routing)) {
            routing.next();
            return;
        }
        var failure = routing.failure();
        if (failure instanceof AuthenticationRedirectException redirect) {
            lead(routing, redirect);
            return;
        }
        answer(
                routing,
                failure == null
                        ? ofStatus(routing.statusCode())
                        : Failures.classify(failure, routing.request().headers().contains(HttpHeaders.AUTHORIZATION)));
    }

    /** Signing in and out with a browser goes on elsewhere, and is told as a failure of the request that ends here. */
    private static void lead(RoutingContext routing, AuthenticationRedirectException redirect) {
        routing.response()
                .setStatusCode(redirect.getCode())
                .putHeader(HttpHeaders.LOCATION, redirect.getRedirectUri())
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end();
    }

    private static void answer(RoutingContext routing, DeepsuiteException failure) {
        if (failure.reason() == ErrorReason.INTERNAL) {
            LOGGER.atError().setCause(failure.getCause()).log("an HTTP call failed for an unforeseen reason");
        }
        CallContext.current().ifPresent(call -> call.failed(failure.reason()));
        var response = routing.response();
        if (response.ended()) {
            return;
        }
        if (response.headWritten()) {
            response.reset();
            return;
        }
        var path = Optional.ofNullable(routing.request().path()).orElse("");
        var body = ErrorBody.of(failure, path);
        response.setStatusCode(body.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, body.mediaType())
                .end(body.json());
    }

    private static DeepsuiteException ofStatus(int status) {
        return Failures.ofHttpStatus(status, List.of())
                .orElseGet(() -> new DeepsuiteException(ErrorReason.INTERNAL, "an unforeseen failure"));
    }

    private static boolean isGrpc(RoutingContext routing) {
        var type = routing.request().getHeader(HttpHeaders.CONTENT_TYPE);
        return type != null && type.startsWith("application/grpc");
    }
}
