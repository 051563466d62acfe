package io.deepsuite.monitor.signal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** Bounds of what the agent keeps in memory. A signal that would need one more is refused, those already known go on. */
@ConfigMapping(prefix = "deepsuite.monitor")
public interface MonitorConfig {

    /** Services that may report. 1 to 1,000; default 100. */
    @WithDefault("100")
    @Min(1)
    @Max(1_000)
    int maxServices();

    /** Precisions of weights, one latency histogram each. 1 to 100; default 20. */
    @WithDefault("20")
    @Min(1)
    @Max(100)
    int maxQuantizations();

    /** Accelerators. 1 to 100,000; default 1,000. */
    @WithDefault("1000")
    @Min(1)
    @Max(100_000)
    int maxDevices();

    /** Components whose health is followed. 1 to 100,000; default 1,000. */
    @WithDefault("1000")
    @Min(1)
    @Max(100_000)
    int maxComponents();
}
