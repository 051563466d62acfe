package io.deepsuite.audit.completeness;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/**
 * How missing events are noticed. From when a gap can be seen to when the log names it: the grace, the interval and the time to read, at most 30 s with the defaults.
 * Prometheus takes another 25 s until its alert fires.
 */
@ConfigMapping(prefix = "deepsuite.audit.completeness")
public interface CompletenessConfig {

    /** How often the sources are looked at, 1 s to 1 min. ISO-8601; default 5 s. */
    @WithDefault("PT5S")
    @DurationMin(seconds = 1)
    @DurationMax(minutes = 1)
    Duration interval();

    /** How long numbers may be late, such as after a rebalance, before they count as missing, at most 45 s. ISO-8601; default 15 s. */
    @WithDefault("PT15S")
    @DurationMin
    @DurationMax(seconds = 45)
    Duration grace();

    /** Longest the database may take. ISO-8601; default 10 s. */
    @WithDefault("PT10S")
    Duration timeout();
}
