package io.deepsuite.servicekit.grpc;

import io.deepsuite.servicekit.error.ErrorReason;
import io.deepsuite.servicekit.error.Failures;
import io.deepsuite.servicekit.error.GrpcErrors;
import io.deepsuite.servicekit.request.CallContext;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.quarkus.grpc.ExceptionHandlerProvider;
import io.quarkus.grpc.auth.AuthExceptionHandler;
import io.quarkus.grpc.auth.AuthExceptionHandlerProvider;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands every failure of a gRPC method, security's included, to {@link GrpcErrors}, so that no service catches anything. */
@ApplicationScoped
public class FailureHandlerProvider implements ExceptionHandlerProvider, AuthExceptionHandlerProvider {

    private static final Logger LOGGER = LoggerFactory.getLogger(FailureHandlerProvider.class);

    private static final int BEFORE_DEFAULT = 100;

    @Override
    public int getPriority() {
        return BEFORE_DEFAULT;
    }

    @Override
    public Throwable transform(Throwable failure) {
        return isSuites(failure) ? failure : toStatus(failure);
    }

    @Override
    public StatusException transformToStatusException(Throwable failure) {
        var status = toStatus(failure);
        return new StatusException(status.getStatus(), status.getTrailers());
    }

    @Override
    public boolean handlesException(Throwable failure) {
        return true;
    }

    @Override
    public <Q, S> AuthExceptionHandler<Q, S> createHandler(
            ServerCall.Listener<Q> listener, ServerCall<Q, S> call, Metadata metadata) {
        return new Handler<>(listener, call, metadata);
    }

    private static boolean isSuites(Throwable failure) {
        return failure instanceof StatusRuntimeException
                && GrpcErrors.fromStatus(failure).isPresent();
    }

    private static StatusRuntimeException toStatus(Throwable failure) {
        boolean hasToken =
                CallContext.current().flatMap(CallContext::bearerToken).isPresent();
        var told = Failures.classify(failure, hasToken);
        if (told.reason() == ErrorReason.INTERNAL) {
            LOGGER.atError().setCause(failure).log("a gRPC call failed for an unforeseen reason");
        }
        return GrpcErrors.status(told);
    }

    /** Closes the call with the typed status of whatever its listener throws. */
    private static final class Handler<Q, S> extends AuthExceptionHandler<Q, S> {

        Handler(ServerCall.Listener<Q> listener, ServerCall<Q, S> call, Metadata metadata) {
            super(listener, call, metadata);
        }

        @Override
        protected void handleException(Throwable failure, ServerCall<Q, S> call, Metadata metadata) {
            var status = toStatus(failure);
            call.close(status.getStatus(), Objects.requireNonNullElseGet(status.getTrailers(), Metadata::new));
        }
    }
}
