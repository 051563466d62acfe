package io.deepsuite.engine.openai;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Bounds of the protocol. */
@ConfigMapping(prefix = "deepsuite.engine")
public interface OpenAiConfig {

    /** Largest request body; more is refused with 413. 1K to 64M; default 1M. */
    @WithDefault("1M")
    MemorySize maxBodySize();
}
