package io.deepsuite.servicekit.grpc;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Bounds of gRPC calls. */
@ConfigMapping(prefix = "deepsuite.grpc")
public interface GrpcConfig {

    /** Largest message of a call; default 4 MiB. At most the transport's own bound, 64 MiB. */
    @WithDefault("4M")
    MemorySize maxMessageSize();
}
