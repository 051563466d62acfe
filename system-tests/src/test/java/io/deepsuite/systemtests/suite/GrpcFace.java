package io.deepsuite.systemtests.suite;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.deepsuite.devstack.certificate.Identity;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;

/** gRPC calls to one service with one certificate. */
public final class GrpcFace implements AutoCloseable {

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> REQUEST_ID =
            Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER);
    private static final int DEADLINE_SECONDS = 60;
    private static final int MAX_ANSWER = 128 << 20;

    private final ManagedChannel channel;

    GrpcFace(int port, Identity identity) {
        try {
            var tls = GrpcSslContexts.forClient()
                    .keyManager(identity.certificate().toFile(), identity.key().toFile())
                    .trustManager(identity.authority().toFile())
                    .protocols("TLSv1.3")
                    .build();
            this.channel = NettyChannelBuilder.forAddress("127.0.0.1", port)
                    .sslContext(tls)
                    .maxInboundMessageSize(MAX_ANSWER)
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The connection, for stubs. */
    public ManagedChannel channel() {
        return channel;
    }

    /** The stub with a deadline, a request id and, unless empty, a token. */
    public static <S extends AbstractStub<S>> S as(S stub, String token, String requestId) {
        var headers = new Metadata();
        if (!token.isEmpty()) {
            headers.put(AUTHORIZATION, "Bearer " + token);
        }
        if (!requestId.isEmpty()) {
            headers.put(REQUEST_ID, requestId);
        }
        return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    /** The stub, telling the request id that the service returned. */
    public static <S extends AbstractStub<S>> S tellingRequestId(S stub, AtomicReference<Metadata> headers) {
        return stub.withInterceptors(MetadataUtils.newCaptureMetadataInterceptor(headers, new AtomicReference<>()));
    }

    /** Request id among headers that a service returned; empty when there is none. */
    public static Optional<String> requestId(AtomicReference<Metadata> headers) {
        return Optional.ofNullable(headers.get()).map(metadata -> metadata.get(REQUEST_ID));
    }

    /** {@code CODE / REASON} of a failure, as the contracts write it; the reason is that of its ErrorInfo. */
    public static String codeAndReason(StatusRuntimeException failure) {
        return failure.getStatus().getCode() + " / "
                + errorInfo(failure).map(ErrorInfo::getReason).orElse("no ErrorInfo");
    }

    /** Details of a failure. */
    public static Optional<ErrorInfo> errorInfo(StatusRuntimeException failure) {
        var status = StatusProto.fromThrowable(failure);
        if (status == null) {
            return Optional.empty();
        }
        return status.getDetailsList().stream()
                .filter(detail -> detail.is(ErrorInfo.class))
                .findFirst()
                .map(detail -> {
                    try {
                        return detail.unpack(ErrorInfo.class);
                    } catch (InvalidProtocolBufferException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
