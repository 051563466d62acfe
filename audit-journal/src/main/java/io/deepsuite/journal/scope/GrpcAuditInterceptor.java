package io.deepsuite.journal.scope;

import io.deepsuite.servicekit.request.CallContext;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.quarkus.grpc.GlobalInterceptor;
import io.quarkus.grpc.runtime.Interceptors;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.Prioritized;

/**
 * Gives every call of a gRPC method of the suite its audit scope, and lets the end of the answer out only when the event is durable. It stands outside of
 * security and error handling, so that denied, malformed and failing calls pass through it like all others.
 */
@ApplicationScoped
@GlobalInterceptor
public class GrpcAuditInterceptor implements ServerInterceptor, Prioritized {

    private final GrpcDeclarations declarations;
    private final AuditScopes scopes;

    GrpcAuditInterceptor(GrpcDeclarations declarations, AuditScopes scopes) {
        this.declarations = declarations;
        this.scopes = scopes;
    }

    @Override
    public int getPriority() {
        return Interceptors.ROUTING_CONTEXT - 1;
    }

    @Override
    public <Q, S> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
        var declaration = declarations.of(call.getMethodDescriptor());
        if (declaration.isEmpty()) {
            return next.startCall(call, headers);
        }
        var context = CallContext.current()
                .orElseThrow(() -> new IllegalStateException("the call did not come through the call filter"));
        var audited = new AuditedServerCall<>(call, scopes.open(context, declaration.get()));
        var listener = new CancellationListener<>(next.startCall(audited, headers), audited, context);
        context.onEnd(whole -> listener.ended(whole, context.authenticate()));
        return listener;
    }

    /** Ends the scope of a call whose caller went away, and tells the method once. */
    private static final class CancellationListener<Q> extends SimpleForwardingServerCallListener<Q> {

        private final AuditedServerCall<Q, ?> call;
        private final CallContext context;
        private boolean cancelled;

        CancellationListener(ServerCall.Listener<Q> delegate, AuditedServerCall<Q, ?> call, CallContext context) {
            super(delegate);
            this.call = call;
            this.context = context;
        }

        @Override
        public void onCancel() {
            if (!cancelled) {
                cancelled = true;
                call.abandoned(context.abandonment());
                super.onCancel();
            }
        }

        /** A lost connection is no cancellation to the transport, and an over-long message is answered without asking anybody. */
        void ended(boolean whole, Uni<Void> authentication) {
            if (call.closed()) {
                return;
            }
            if (!whole) {
                onCancel();
                return;
            }
            authentication.onFailure().recoverWithNull().subscribe().with(_ -> {
                call.refusedByTransport();
                onCancel();
            });
        }
    }
}
