package io.deepsuite.servicekit.grpc;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.deepsuite.servicekit.error.GrpcErrors;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.quarkus.grpc.GlobalInterceptor;
import io.quarkus.grpc.runtime.Interceptors;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.Prioritized;
import java.util.Objects;

/** Closes a call whose message could not be read, with the typed reason, instead of leaving the caller waiting. */
@ApplicationScoped
@GlobalInterceptor
public class UnreadableMessages implements ServerInterceptor, Prioritized {

    /** Outside of what hops to worker threads, inside of what audits. */
    public static final int PRIORITY = Interceptors.ROUTING_CONTEXT - 3;

    @Override
    public int getPriority() {
        return PRIORITY;
    }

    @Override
    public <Q, S> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
        return new Listener<>(next.startCall(call, headers), call);
    }

    private static final class Listener<Q, S> extends SimpleForwardingServerCallListener<Q> {

        private final ServerCall<Q, S> call;
        private boolean refused;
        private boolean received;

        Listener(ServerCall.Listener<Q> delegate, ServerCall<Q, S> call) {
            super(delegate);
            this.call = call;
        }

        @Override
        public void onMessage(Q message) {
            if (refused) {
                return;
            }
            // without a type argument the compiler casts nothing
            if ((Object) message instanceof Unreadable unreadable) {
                refuse(unreadable.failure());
                return;
            }
            received = true;
            super.onMessage(message);
        }

        @Override
        public void onHalfClose() {
            if (refused) {
                return;
            }
            if (!received && call.getMethodDescriptor().getType().clientSendsOneMessage()) {
                refuse(new DeepsuiteException(
                        ErrorReason.BODY_MALFORMED, "the call has no message, or none that can be read"));
                return;
            }
            super.onHalfClose();
        }

        private void refuse(DeepsuiteException failure) {
            refused = true;
            var status = GrpcErrors.status(failure);
            call.close(status.getStatus(), Objects.requireNonNullElseGet(status.getTrailers(), Metadata::new));
            // tells the method's code that nothing more will come
            super.onCancel();
        }
    }
}
