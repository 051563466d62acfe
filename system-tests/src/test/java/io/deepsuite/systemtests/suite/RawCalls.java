package io.deepsuite.systemtests.suite;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Sends bytes where messages are expected. */
public record RawCalls(Channel channel, String token) {

    private static final int DEADLINE_SECONDS = 30;

    /** Sends these bytes as the request of a method, and reads whatever comes back. */
    public void call(MethodDescriptor<?, ?> method, byte[] request, String requestId) {
        call(method.getFullMethodName(), method.getType(), request, requestId);
    }

    /** Calls a method that no contract has. */
    public void callUnknown(String fullMethodName) {
        call(
                fullMethodName,
                MethodDescriptor.MethodType.UNARY,
                new byte[0],
                UUID.randomUUID().toString());
    }

    private void call(String name, MethodDescriptor.MethodType type, byte[] request, String requestId) {
        var method = MethodDescriptor.newBuilder(new Raw(), new Raw())
                .setFullMethodName(name)
                .setType(type)
                .build();
        var headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        headers.put(Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER), requestId);
        var authorised = ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
        var options = CallOptions.DEFAULT.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
        if (type == MethodDescriptor.MethodType.SERVER_STREAMING) {
            ClientCalls.blockingServerStreamingCall(authorised, method, options, request)
                    .forEachRemaining(_ -> {});
        } else {
            ClientCalls.blockingUnaryCall(authorised, method, options, request);
        }
    }

    @Override
    public String toString() {
        return "RawCalls";
    }

    private static final class Raw implements MethodDescriptor.Marshaller<byte[]> {

        @Override
        public InputStream stream(byte[] bytes) {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
