package io.deepsuite.model.masking;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;

/** How Data Prep is called. */
@ConfigMapping(prefix = "deepsuite.masking")
public interface MaskingConfig {

    /** Longest wait for Data Prep before {@code MASKING_UNAVAILABLE}. ISO-8601; default 5 s. */
    @WithDefault("PT5S")
    @NotNull
    Duration timeout();
}
