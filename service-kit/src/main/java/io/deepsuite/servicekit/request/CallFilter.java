package io.deepsuite.servicekit.request;

import io.deepsuite.servicekit.logging.LogKeys;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.common.vertx.ContextLocals;
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

    CallFilter(InstantSource clock) {
        this.clock = clock;
    }

    void register(@Observes Filters filters) {
        filters.register(this::handle, PRIORITY);
    }

    private void handle(RoutingContext routing) {
        var call = new CallContext(routing.request(), clock);
        routing.put(CallContext.KEY, call);
        ContextLocals.put(CallContext.KEY, call);
        MDC.put(LogKeys.REQUEST_ID, call.requestId());
        routing.response().putHeader(RequestIds.HEADER, call.requestId());
        routing.addEndHandler(end -> call.ended(end.succeeded()));
        routing.next();
    }
}
