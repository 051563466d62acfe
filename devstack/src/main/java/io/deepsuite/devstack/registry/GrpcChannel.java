package io.deepsuite.devstack.registry;

import io.deepsuite.devstack.certificate.Identity;
import io.deepsuite.devstack.layout.DevstackException;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;

/** A gRPC connection to a service of the stack, with a client certificate. */
public final class GrpcChannel implements AutoCloseable {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final ManagedChannel channel;

    private GrpcChannel(ManagedChannel channel) {
        this.channel = channel;
    }

    /** Connects at the first call. */
    public static GrpcChannel open(Identity identity, int port) {
        try {
            var tls = GrpcSslContexts.forClient()
                    .keyManager(identity.certificate().toFile(), identity.key().toFile())
                    .trustManager(identity.authority().toFile())
                    .protocols("TLSv1.3")
                    .build();
            return new GrpcChannel(NettyChannelBuilder.forAddress("127.0.0.1", port)
                    .sslContext(tls)
                    .build());
        } catch (IOException e) {
            throw new DevstackException("unreadable identity: " + identity.certificate(), e);
        }
    }

    /** The connection with a bearer token on every call. */
    public Channel with(String token) {
        var headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + token);
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
