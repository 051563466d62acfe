package io.deepsuite.model.signals;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;

/** How signals are sent. Durations are ISO-8601. */
@ConfigMapping(prefix = "deepsuite.signals")
public interface SignalsConfig {

    /** Signals kept while the Monitor Agent does not take them, 1 to 1,000,000; the oldest is dropped first. Default 10,000. */
    @WithDefault("10000")
    @Min(1)
    @Max(1_000_000)
    int queueSize();

    /** How long a stream stays open, so that its audit event and its token stay young. Default 1 min. */
    @WithDefault("PT1M")
    @NotNull
    Duration streamLifetime();

    /** First wait before another try after a failure; doubles up to {@link #maxBackoff()}. Default 1 s. */
    @WithDefault("PT1S")
    @NotNull
    Duration minBackoff();

    /** Longest wait before another try. Default 30 s. */
    @WithDefault("PT30S")
    @NotNull
    Duration maxBackoff();
}
