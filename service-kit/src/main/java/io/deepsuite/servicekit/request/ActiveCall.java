package io.deepsuite.servicekit.request;

import io.deepsuite.servicekit.identity.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The injectable {@link CurrentCall}: looks the call up whenever it is asked. */
@ApplicationScoped
public class ActiveCall implements CurrentCall {

    @Override
    public Caller caller() {
        return call().caller();
    }

    @Override
    public String requestId() {
        return call().requestId();
    }

    @Override
    public String traceId() {
        return call().traceId();
    }

    @Override
    public Optional<String> bearerToken() {
        return call().bearerToken();
    }

    private static CallContext call() {
        return CallContext.current()
                .orElseThrow(() -> new IllegalStateException("no call is being served in this context"));
    }
}
