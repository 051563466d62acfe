package io.deepsuite.servicekit.grpc;

import io.deepsuite.servicekit.request.CurrentCall;
import io.deepsuite.servicekit.request.RequestIds;
import io.deepsuite.servicekit.time.UuidV7;
import io.grpc.Metadata;
import io.quarkus.grpc.GrpcClientUtils;
import io.quarkus.oidc.client.OidcClient;
import io.quarkus.oidc.client.runtime.TokensHelper;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.InstantSource;

/**
 * Prepares the gRPC clients of other services of the suite: whose token goes along, and which request id. The trace context travels by itself; the deadline is
 * the client's own setting, {@code quarkus.grpc.clients.<name>.deadline}.
 */
@ApplicationScoped
public class SuiteCalls {

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> REQUEST_ID =
            Metadata.Key.of(RequestIds.HEADER, Metadata.ASCII_STRING_MARSHALLER);

    private final CurrentCall call;
    private final Instance<OidcClient> ownAccount;
    private final TokensHelper tokens = new TokensHelper();
    private final InstantSource clock;

    SuiteCalls(CurrentCall call, Instance<OidcClient> ownAccount, InstantSource clock) {
        this.call = call;
        this.ownAccount = ownAccount;
        this.clock = clock;
    }

    /**
     * A client that acts for the caller of the call being served.
     *
     * @param step what the call is for, such as {@code mask}: the request id is {@code <the caller's>/<step>}
     */
    public <T> T forCaller(T client, String step) {
        var metadata = new Metadata();
        call.bearerToken().ifPresent(token -> metadata.put(AUTHORIZATION, "Bearer " + token));
        metadata.put(REQUEST_ID, RequestIds.child(call.requestId(), step));
        return GrpcClientUtils.attachHeaders(client, metadata);
    }

    /** A client that acts for this service itself, with its own account and a request id of its own. */
    public <T> Uni<T> forService(T client) {
        return tokens.getTokens(ownAccount.get()).map(current -> {
            var metadata = new Metadata();
            metadata.put(AUTHORIZATION, "Bearer " + current.getAccessToken());
            metadata.put(REQUEST_ID, UuidV7.next(clock).toString());
            return GrpcClientUtils.attachHeaders(client, metadata);
        });
    }
}
