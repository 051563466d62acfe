package io.deepsuite.journal.scope;

import io.deepsuite.servicekit.error.ErrorReason;
import io.deepsuite.servicekit.error.Failures;
import io.deepsuite.servicekit.error.GrpcErrors;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server call whose single answer, or whose end, leaves after its audit event is durable. When it cannot be made so, the caller gets an error instead. */
final class AuditedServerCall<Q, S> extends SimpleForwardingServerCall<Q, S> {

    private static final Logger LOGGER = LoggerFactory.getLogger(AuditedServerCall.class);

    private final CallAuditScope scope;
    private final boolean holdsAnswer;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable S answer;

    AuditedServerCall(ServerCall<Q, S> delegate, CallAuditScope scope) {
        super(delegate);
        this.scope = scope;
        this.holdsAnswer = delegate.getMethodDescriptor().getType().serverSendsOneMessage();
    }

    @Override
    public void sendMessage(S message) {
        if (holdsAnswer) {
            answer = message;
        } else {
            super.sendMessage(message);
        }
    }

    @Override
    public void close(Status status, Metadata trailers) {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        if (status.isOk()) {
            scope.succeed().subscribe().with(_ -> release(status, trailers), this::unaudited);
        } else {
            var failure = typed(status, trailers);
            var reason = Failures.classify(failure, true).reason();
            scope.fail(reason).subscribe().with(_ -> finish(failure.getStatus(), trailers(failure)), this::unaudited);
        }
    }

    /** Whether the method has ended the call. */
    boolean closed() {
        return closed.get();
    }

    /** The caller went away before the call ended, at its deadline or before. */
    void abandoned(ErrorReason reason) {
        end(reason);
    }

    /** The transport has answered by itself, which it does for messages over its bound only. */
    void refusedByTransport() {
        if (closed.compareAndSet(false, true)) {
            end(ErrorReason.BODY_TOO_LARGE);
        }
    }

    private void end(ErrorReason reason) {
        scope.fail(reason)
                .subscribe()
                .with(
                        _ -> {},
                        failure -> LOGGER.atError()
                                .setCause(failure)
                                .log("the audit event of a call that has ended could not be written"));
    }

    private void release(Status status, Metadata trailers) {
        var held = answer;
        if (held != null && !isCancelled()) {
            super.sendMessage(held);
        }
        finish(status, trailers);
    }

    private void unaudited(Throwable failure) {
        var status = GrpcErrors.toStatus(failure, true);
        finish(status.getStatus(), trailers(status));
    }

    private void finish(Status status, Metadata trailers) {
        if (!isCancelled()) {
            super.close(status, trailers);
        }
    }

    private static StatusRuntimeException typed(Status status, Metadata trailers) {
        var failure = status.asRuntimeException(trailers);
        return GrpcErrors.fromStatus(failure).isPresent() ? failure : GrpcErrors.toStatus(failure, true);
    }

    private static Metadata trailers(StatusRuntimeException failure) {
        return Objects.requireNonNullElseGet(failure.getTrailers(), Metadata::new);
    }
}
