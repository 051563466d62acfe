package io.deepsuite.servicekit.grpc;

import io.smallrye.mutiny.Uni;
import java.time.InstantSource;

/** Calls without tokens, for tests of clients. */
@SuppressWarnings("NullAway") // no account: none is asked for
public final class PlainCalls extends SuiteCalls {

    /** Makes them. */
    public PlainCalls() {
        super(null, null, InstantSource.system());
    }

    @Override
    public <T> Uni<T> forService(T client) {
        return Uni.createFrom().item(client);
    }
}
