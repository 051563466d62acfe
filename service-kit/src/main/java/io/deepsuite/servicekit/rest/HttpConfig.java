package io.deepsuite.servicekit.rest;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Bounds of HTTP calls. */
@ConfigMapping(prefix = "deepsuite.http.limits")
public interface HttpConfig {

    /** Largest body of a REST call; default 4 MiB. */
    @WithDefault("4M")
    MemorySize maxBodySize();
}
