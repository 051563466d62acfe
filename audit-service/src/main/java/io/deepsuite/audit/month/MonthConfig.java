package io.deepsuite.audit.month;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How the months of the store are watched. */
@ConfigMapping(prefix = "deepsuite.audit.month")
public interface MonthConfig {

    /** How often they are looked at, 1 s to 1 h. ISO-8601; default 1 min. */
    @WithDefault("PT1M")
    @DurationMin(seconds = 1)
    @DurationMax(hours = 1)
    Duration interval();

    /** Longest the database may take. ISO-8601; default 10 s. */
    @WithDefault("PT10S")
    Duration timeout();
}
