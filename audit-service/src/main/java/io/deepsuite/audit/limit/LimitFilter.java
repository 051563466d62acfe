package io.deepsuite.audit.limit;

import io.deepsuite.servicekit.identity.Caller;
import io.deepsuite.servicekit.request.CallContext;
import jakarta.ws.rs.container.ResourceInfo;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Has every call of a known caller counted before its method runs, and after its audit event is open: a refused call leaves one, too. */
public final class LimitFilter {

    private final CallLimits limits;

    LimitFilter(CallLimits limits) {
        this.limits = limits;
    }

    @ServerRequestFilter
    void limit(ResourceInfo resource) {
        CallContext.current()
                .filter(call -> call.caller().kind() != Caller.Kind.UNKNOWN)
                .ifPresent(call -> {
                    limits.call(call.caller());
                    var method = resource.getResourceMethod();
                    if (method != null && method.isAnnotationPresent(LimitedExport.class)) {
                        var end = limits.export(call.caller());
                        call.onEnd(_ -> end.run());
                    }
                });
    }
}
