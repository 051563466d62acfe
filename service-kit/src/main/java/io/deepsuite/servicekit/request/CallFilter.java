package io.deepsuite.servicekit.request;

import io.deepsuite.servicekit.logging.LogKeys;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import org.jboss.logging.MDC;

/** First to see a call, REST or gRPC: makes its {@link CallContext}, puts the ids where logs find them, and returns the request id. */
@ApplicationScoped
public class CallFilter {

    /** Before security and everything else. */
    private static final int PRIORITY = 10_000;

    private final InstantSource clock;
    private final IdentityProviderManager identityProviders;

    CallFilter(InstantSource clock, IdentityProviderManager identityProviders) {
        this.clock = clock;
        this.identityProviders = identityProviders;
    }

    /** A scheme without a token is a call without a token; the token's reader fails on it. */
    private static void dropEmptyToken(MultiMap headers) {
        var authorization = headers.get(HttpHeaders.AUTHORIZATION);
        if (authorization != null && authorization.strip().equalsIgnoreCase("Bearer")) {
            headers.remove(HttpHeaders.AUTHORIZATION);
        }
    }

    void register(@Observes Filters filters) {
        filters.register(this::handle, PRIORITY);
    }

    private void handle(RoutingContext routing) {
        dropEmptyToken(routing.request().headers());
        var call = new CallContext(
                routing.request(),
                clock,
                Uni.createFrom()
                        .deferred(() -> QuarkusHttpUser.getSecurityIdentity(routing, identityProviders)
                                .replaceWithVoid()));
        routing.put(CallContext.KEY, call);
        ContextLocals.put(CallContext.KEY, call);
        MDC.put(LogKeys.REQUEST_ID, call.requestId());
        routing.response().putHeader(RequestIds.HEADER, call.requestId());
        routing.addEndHandler(end -> call.ended(end.succeeded()));
        routing.next();
    }
}
