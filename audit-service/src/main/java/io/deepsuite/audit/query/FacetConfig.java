package io.deepsuite.audit.query;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How events are counted. */
@ConfigMapping(prefix = "deepsuite.audit.facets")
public interface FacetConfig {

    /** Window that ends now, for requests that name none. ISO-8601; default 24 h. */
    @WithDefault("PT24H")
    Duration window();

    /** Most events that one request counts: the newest of its window. 1 to 10,000,000; default 100,000. */
    @WithDefault("100000")
    @Min(1)
    @Max(10_000_000)
    long maxEvents();

    /** Most values that are listed of each facet. 1 to 1000; default 20. */
    @WithDefault("20")
    @Min(1)
    @Max(1000)
    int maxValues();

    /** When the database stops counting, and the caller is told that the store does not answer. ISO-8601; default 5 s. */
    @WithDefault("PT5S")
    Duration timeout();
}
