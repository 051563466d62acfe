package io.deepsuite.servicekit.error;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Durations;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Optional;

/** Turns failures into gRPC statuses and back. The only class that builds one. */
public final class GrpcErrors {

    /** {@code ErrorInfo.domain} of every error of the suite. */
    public static final String DOMAIN = "deepsuite.io";

    private GrpcErrors() {}

    /** The status for a failure, with {@code google.rpc.ErrorInfo}; never a message that the suite did not write itself. */
    public static StatusRuntimeException toStatus(Throwable failure, boolean hasToken) {
        return status(Failures.classify(failure, hasToken));
    }

    /** The status for a failure of the suite. */
    public static StatusRuntimeException status(DeepsuiteException failure) {
        var info = ErrorInfo.newBuilder()
                .setReason(failure.reason().name())
                .setDomain(DOMAIN)
                .putAllMetadata(failure.metadata())
                .build();
        var status = Status.newBuilder()
                .setCode(failure.reason().grpcCode().value())
                .setMessage(failure.detail())
                .addDetails(Any.pack(info));
        Failures.retryAfter(failure)
                .ifPresent(wait -> status.addDetails(Any.pack(RetryInfo.newBuilder()
                        .setRetryDelay(Durations.fromMillis(wait.toMillis()))
                        .build())));
        return StatusProto.toStatusRuntimeException(status.build());
    }

    /** The suite's reason in a status that another service of the suite answered; empty where the status is not the suite's. */
    public static Optional<DeepsuiteException> fromStatus(Throwable failure) {
        var status = StatusProto.fromThrowable(failure);
        if (status == null) {
            return Optional.empty();
        }
        return status.getDetailsList().stream()
                .filter(detail -> detail.is(ErrorInfo.class))
                .map(GrpcErrors::unpack)
                .filter(info -> info.getDomain().equals(DOMAIN))
                .findFirst()
                .flatMap(info -> ErrorReason.named(info.getReason())
                        .map(reason ->
                                new DeepsuiteException(reason, status.getMessage(), info.getMetadataMap(), failure)));
    }

    private static ErrorInfo unpack(Any detail) {
        try {
            return detail.unpack(ErrorInfo.class);
        } catch (InvalidProtocolBufferException e) {
            return ErrorInfo.getDefaultInstance();
        }
    }
}
