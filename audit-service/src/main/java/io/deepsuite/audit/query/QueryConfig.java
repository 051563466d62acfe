package io.deepsuite.audit.query;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How audit events are read. */
@ConfigMapping(prefix = "deepsuite.audit.query")
public interface QueryConfig {

    /** Longest a query may take before the caller is told that the store does not answer. ISO-8601; default 10 s. */
    @WithDefault("PT10S")
    Duration timeout();
}
