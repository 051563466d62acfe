package io.deepsuite.monitor.signal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** Bounds of what is kept. */
@ConfigMapping(prefix = "deepsuite.signals")
public interface SignalConfig {

    /**
     * Series of each kind (services, quantizations, devices, components) that are kept, 1 to 10000; default 500. Signals of further series are refused and
     * counted. A service costs about 16 KiB, the others less.
     */
    @WithDefault("500")
    @Min(1)
    @Max(10_000)
    int maxSeries();
}
