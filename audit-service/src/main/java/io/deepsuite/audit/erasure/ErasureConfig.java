package io.deepsuite.audit.erasure;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How persons are erased. */
@ConfigMapping(prefix = "deepsuite.audit.erasure")
public interface ErasureConfig {

    /** When a step towards the database or the key topic counts as failed. ISO-8601; default 10 s. */
    @WithDefault("PT10S")
    Duration timeout();

    /** How often erased keys are looked for that are still in the key topic, such as after a crash or while Kafka was away. ISO-8601; default 1 min. */
    @WithDefault("PT1M")
    Duration interval();
}
