package io.deepsuite.journal.scope;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.deepsuite.servicekit.error.Failures;
import io.deepsuite.servicekit.request.CallContext;
import io.deepsuite.servicekit.rest.FailureMapper;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives every call of an {@link Audited} REST method its audit scope, and lets the answer out only when the event is durable. Denied and malformed calls,
 * which never reach the method, get theirs on the way out. A method that streams its answer ends the scope itself (see {@link AuditedOutput}); should its caller go
 * away first, the event says so.
 */
public final class RestAuditFilters {

    private static final Logger LOGGER = LoggerFactory.getLogger(RestAuditFilters.class);

    /** Before every other request filter, after every other response filter. */
    private static final int OUTERMOST = Priorities.AUTHENTICATION - 500;

    private static final int FIRST_ERROR_STATUS = 400;

    private final AuditScopes scopes;

    RestAuditFilters(AuditScopes scopes) {
        this.scopes = scopes;
    }

    @ServerRequestFilter(priority = OUTERMOST)
    void open(ResourceInfo resource) {
        CallContext.current().ifPresent(call -> scope(call, resource));
    }

    @ServerResponseFilter(priority = OUTERMOST)
    Uni<Void> close(ContainerRequestContext request, ContainerResponseContext response, ResourceInfo resource) {
        var call = CallContext.current();
        var scope = call.flatMap(current -> scope(current, resource));
        if (call.isEmpty() || scope.isEmpty() || isStream(response.getEntity())) {
            return Uni.createFrom().voidItem();
        }
        return end(scope.get(), call.get(), response.getStatus())
                .onFailure()
                .recoverWithItem(failure -> replace(response, failure, call.get()));
    }

    /** What is yet to be written when the filters have run: the operation ends with the stream. */
    private static boolean isStream(@Nullable Object entity) {
        return entity instanceof Flow.Publisher<?> || entity instanceof StreamingOutput;
    }

    private static Uni<Void> end(CallAuditScope scope, CallContext call, int status) {
        if (status < FIRST_ERROR_STATUS) {
            return scope.succeed();
        }
        return scope.fail(call.failure().or(() -> reason(status)).orElse(ErrorReason.INTERNAL));
    }

    private static @Nullable Void replace(ContainerResponseContext response, Throwable failure, CallContext call) {
        var told = FailureMapper.response(Failures.classify(failure, true), call.path());
        response.setStatus(told.getStatus());
        response.getHeaders().putAll(told.getHeaders());
        response.setEntity(told.getEntity(), null, told.getMediaType());
        return null;
    }

    private Optional<CallAuditScope> scope(CallContext call, ResourceInfo resource) {
        var known = call.attached(CallAuditScope.class);
        if (known.isPresent()) {
            return known;
        }
        var method = resource.getResourceMethod();
        var audited = method == null ? null : method.getAnnotation(Audited.class);
        if (audited == null) {
            return Optional.empty();
        }
        var scope = scopes.open(call, Declaration.of(audited));
        call.onEnd(whole -> close(scope, call, whole));
        return Optional.of(scope);
    }

    /** What is not ended when the answer is out was streamed, or its caller went away. */
    private static void close(CallAuditScope scope, CallContext call, boolean whole) {
        if (scope.ended()) {
            return;
        }
        var event = whole && call.failure().isEmpty()
                ? scope.succeed()
                : scope.fail(call.failure().orElse(ErrorReason.CANCELLED));
        event.subscribe()
                .with(
                        _ -> {},
                        failure -> LOGGER.atError()
                                .setCause(failure)
                                .log("the audit event of a call that has ended could not be written"));
    }

    private static Optional<ErrorReason> reason(int status) {
        return Failures.ofHttpStatus(status, List.of()).map(DeepsuiteException::reason);
    }
}
