package io.deepsuite.servicekit.request;

import io.deepsuite.servicekit.identity.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import java.lang.reflect.Proxy;
import java.time.InstantSource;

/** Calls for tests, in the package of those that only filters make. */
public final class Calls {

    private Calls() {}

    /** A call of somebody, whose request has nothing in it. */
    public static CallContext of(Caller caller) {
        var request = (HttpServerRequest) Proxy.newProxyInstance(
                Calls.class.getClassLoader(), new Class<?>[] {HttpServerRequest.class}, (_, _, _) -> null);
        var call = new CallContext(
                request, InstantSource.system(), Uni.createFrom().voidItem());
        call.identified(caller);
        return call;
    }
}
