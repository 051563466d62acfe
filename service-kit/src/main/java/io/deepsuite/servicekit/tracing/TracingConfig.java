package io.deepsuite.servicekit.tracing;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Where spans go. */
@ConfigMapping(prefix = "deepsuite.tracing")
public interface TracingConfig {

    /** Address of an OpenTelemetry collector, gRPC, such as {@code https://collector:4317}; none: no spans leave. */
    Optional<String> endpoint();
}
