package io.deepsuite.audit.query;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How audit events are read. */
@ConfigMapping(prefix = "deepsuite.audit.query")
public interface QueryConfig {

    /** Longest a query may take before the caller is told that the store does not answer. ISO-8601; default 10 s. */
    @WithDefault("PT10S")
    Duration timeout();

    /** Events that an export reads at once and holds in memory. 1 to 1000; default 500. */
    @WithDefault("500")
    @Min(1)
    @Max(1000)
    int exportPage();

    /** Events after which an export ends behind its page, with a token to go on. 1 or more; default 1,000,000. */
    @WithDefault("1000000")
    @Min(1)
    long exportMaxEvents();
}
