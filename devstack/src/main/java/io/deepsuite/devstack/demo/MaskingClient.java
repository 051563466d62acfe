package io.deepsuite.devstack.demo;

import io.deepsuite.dataprep.v1.MaskRequest;
import io.deepsuite.dataprep.v1.PrepServiceGrpc;
import io.deepsuite.devstack.certificate.Identity;
import io.deepsuite.devstack.layout.DevstackException;
import io.deepsuite.devstack.registry.GrpcChannel;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.TimeUnit;

/** Asks Data Prep to mask a text. */
public final class MaskingClient {
    private final Identity identity;
    private final int port;

    public MaskingClient(Identity identity, int port) {
        this.identity = identity;
        this.port = port;
    }

    /**
     * The text with placeholders in place of personal data.
     *
     * @throws DevstackException if Data Prep refuses or does not answer
     */
    public String mask(String token, String text) {
        try (var channel = GrpcChannel.open(identity, port)) {
            return PrepServiceGrpc.newBlockingStub(channel.with(token))
                    .withDeadlineAfter(20, TimeUnit.SECONDS)
                    .mask(MaskRequest.newBuilder().addTexts(text).build())
                    .getTexts(0);
        } catch (StatusRuntimeException e) {
            throw new DevstackException("Data Prep does not mask: " + e.getStatus(), e);
        }
    }
}
