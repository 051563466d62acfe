package io.deepsuite.servicekit.grpc;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Bounds of gRPC calls. */
@ConfigMapping(prefix = "deepsuite.grpc")
public interface GrpcConfig {

    /** Bytes of the largest message of a call; default 4 MiB. */
    @WithDefault("4194304")
    int maxMessageBytes();
}
