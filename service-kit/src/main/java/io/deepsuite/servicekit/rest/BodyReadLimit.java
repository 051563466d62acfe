package io.deepsuite.servicekit.rest;

import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;

/** Stops reading a body once more has arrived than allowed. */
@Provider
public class BodyReadLimit implements ReaderInterceptor {

    private final Instance<HttpConfig> config;

    /** Made while the application is built, when there is no configuration yet; hence the indirection. */
    BodyReadLimit(Instance<HttpConfig> config) {
        this.config = config;
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        long maxBytes = config.get().maxBodySize().asLongValue();
        context.setInputStream(new BoundedInputStream(context.getInputStream(), maxBytes));
        return context.proceed();
    }
}
