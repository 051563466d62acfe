package io.deepsuite.audit.completeness;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How missing events are noticed. */
@ConfigMapping(prefix = "deepsuite.audit.completeness")
public interface CompletenessConfig {

    /** How often the sources are looked at, 1 s to 1 min. ISO-8601; default 10 s. */
    @WithDefault("PT10S")
    @DurationMin(seconds = 1)
    @DurationMax(minutes = 1)
    Duration interval();

    /** How long numbers may be late, such as after a rebalance, before they count as missing. ISO-8601; default 20 s; with the interval below 1 min. */
    @WithDefault("PT20S")
    @DurationMin
    @DurationMax(seconds = 45)
    Duration grace();

    /** Longest the database may take. ISO-8601; default 10 s. */
    @WithDefault("PT10S")
    Duration timeout();
}
