package io.deepsuite.audit.limit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How often the API may be called, by replica: callers that meet several replicas may do so at each. */
@ConfigMapping(prefix = "deepsuite.audit.limit")
public interface LimitConfig {

    /** Calls a second that one person or program may make in the long run. 1 to 100,000; default 50. */
    @WithDefault("50")
    @Min(1)
    @Max(100_000)
    int callsPerSecond();

    /** Calls that one person or program may make at once after a pause. 1 to 100,000; default 200. */
    @WithDefault("200")
    @Min(1)
    @Max(100_000)
    int callBurst();

    /** Calls a second that all callers of a tenant may make together in the long run. 1 to 1,000,000; default 200. */
    @WithDefault("200")
    @Min(1)
    @Max(1_000_000)
    int tenantCallsPerSecond();

    /** Calls that all callers of a tenant may make at once after a pause. 1 to 1,000,000; default 800. */
    @WithDefault("800")
    @Min(1)
    @Max(1_000_000)
    int tenantCallBurst();

    /** Exports that one person or program may begin in an hour, all of them at once if need be. 1 to 100,000; default 600. */
    @WithDefault("600")
    @Min(1)
    @Max(100_000)
    int exportsPerHour();

    /** Exports that are written at the same time, for all callers. 1 to 1000; default 4. */
    @WithDefault("4")
    @Min(1)
    @Max(1000)
    int concurrentExports();

    /** When a caller is told to come back that found all exports taken. ISO-8601; default 10 s. */
    @WithDefault("PT10S")
    Duration exportRetryAfter();

    /** Callers that are remembered; who has not called for longest is forgotten, and may call as after a pause. 1 to 1,000,000; default 10,000. */
    @WithDefault("10000")
    @Min(1)
    @Max(1_000_000)
    int callers();
}
