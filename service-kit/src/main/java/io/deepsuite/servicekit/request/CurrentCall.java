package io.deepsuite.servicekit.request;

import io.deepsuite.servicekit.identity.Caller;
import java.util.Optional;

/**
 * The call that is being served, gRPC or REST. Inject it; it reads the call's own (duplicated) Vert.x context, so use it on the thread that the method was
 * called on, virtual or event loop, and keep the values where work goes on elsewhere.
 */
public interface CurrentCall {

    /** Who calls, as far as it is known at this point. */
    Caller caller();

    /** Request id taken from {@code x-request-id}, or made; 1 to 128 visible ASCII characters. */
    String requestId();

    /** W3C trace id, 32 lower-case hexadecimal characters; empty when not traced. */
    String traceId();

    /** The caller's bearer token, to act on its behalf at another service of the suite. Never log it. */
    Optional<String> bearerToken();
}
