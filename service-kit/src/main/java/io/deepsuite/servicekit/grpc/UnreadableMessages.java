package io.deepsuite.servicekit.grpc;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.deepsuite.servicekit.error.GrpcErrors;
import io.deepsuite.servicekit.request.CallContext;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.quarkus.grpc.GlobalInterceptor;
import io.quarkus.grpc.runtime.Interceptors;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.Prioritized;
import java.util.Objects;

/**
 * Closes a call whose one message could not be read, with the typed reason. The transport drops a message that its contract cannot parse, so what is seen of it
 * is a call that ends without one.
 */
@ApplicationScoped
@GlobalInterceptor
public class UnreadableMessages implements ServerInterceptor, Prioritized {

    /** Outside of what hops to worker threads, inside of what audits. */
    private static final int PRIORITY = Interceptors.ROUTING_CONTEXT - 3;

    @Override
    public int getPriority() {
        return PRIORITY;
    }

    @Override
    public <Q, S> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
        var listener = next.startCall(call, headers);
        return call.getMethodDescriptor().getType().clientSendsOneMessage() ? new Listener<>(listener, call) : listener;
    }

    private static final class Listener<Q, S> extends SimpleForwardingServerCallListener<Q> {

        private final ServerCall<Q, S> call;
        private boolean received;

        Listener(ServerCall.Listener<Q> delegate, ServerCall<Q, S> call) {
            super(delegate);
            this.call = call;
        }

        @Override
        public void onMessage(Q message) {
            received = true;
            super.onMessage(message);
        }

        @Override
        public void onHalfClose() {
            if (received) {
                super.onHalfClose();
                return;
            }
            // Nothing has asked for the caller yet: who sends no good token is told that first.
            CallContext.current()
                    .map(CallContext::authenticate)
                    .orElseGet(() -> Uni.createFrom().voidItem())
                    .subscribe()
                    .with(_ -> close(malformed()), this::refuse);
        }

        private static StatusRuntimeException malformed() {
            return GrpcErrors.status(new DeepsuiteException(
                    ErrorReason.BODY_MALFORMED, "the call has no message, or none that can be read"));
        }

        private void refuse(Throwable failure) {
            boolean hasToken =
                    CallContext.current().flatMap(CallContext::bearerToken).isPresent();
            close(GrpcErrors.toStatus(failure, hasToken));
        }

        private void close(StatusRuntimeException status) {
            call.close(status.getStatus(), Objects.requireNonNullElseGet(status.getTrailers(), Metadata::new));
            // tells the method's code that nothing will come
            super.onCancel();
        }
    }
}
