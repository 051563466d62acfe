package io.deepsuite.dataprep.masking;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** Bounds of one call, and of the work under way. */
@ConfigMapping(prefix = "deepsuite.masking")
public interface MaskingConfig {

    /** Texts in one call, 1 to 1000; default 1000. */
    @WithDefault("1000")
    @Min(1)
    @Max(1000)
    int maxTexts();

    /** Bytes of all texts of one call together, in UTF-8; default 1 MiB. */
    @WithDefault("1M")
    MemorySize maxBytes();

    /** Threads that mask, 0 to 256; 0, the default, is one for each processor. */
    @WithDefault("0")
    @Min(0)
    @Max(256)
    int threads();

    /** Calls that wait for a thread, 1 to 100000; more are refused. Default 1000. */
    @WithDefault("1000")
    @Min(1)
    @Max(100_000)
    int queueLength();
}
