package io.deepsuite.engine.inference;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.nio.file.Path;

/** The model this process serves, and how much of it at once. */
@ConfigMapping(prefix = "deepsuite.engine")
public interface EngineConfig {

    /** GGUF file of the model. Required. */
    Path modelPath();

    /** Name that callers ask for, such as {@code tiny-translate}. Required. */
    @NotBlank
    String modelName();

    /** Version of the model, such as {@code 1.0.0}; callers may ask for {@code name@version}. Required. */
    @NotBlank
    String modelVersion();

    /** Requests answered at the same time, each on a thread of its own. 1 to 64; default 4. */
    @WithDefault("4")
    @Min(1)
    @Max(64)
    int slots();

    /** Tokens of prompt and answer together that one slot holds. 64 to 131072, at most what the model was trained for; default 512. */
    @WithDefault("512")
    @Min(64)
    @Max(131072)
    int contextPerSlot();

    /** Requests that wait for a slot; more are refused with 429. 1 to 10000; default 64. */
    @WithDefault("64")
    @Min(1)
    @Max(10000)
    int queueLength();

    /**
     * Stack of each thread that calls native code; the tokenizer recurses once per character of an unbroken run. Address space, not memory, until used.
     * 16M to 1G; default 64M.
     */
    @WithDefault("64M")
    MemorySize stackSize();

    /** Characters of one unbroken run (letters, digits, spaces or signs) in a text. 64 to 65536, at most one per 16 KiB of stack; default 4096. */
    @WithDefault("4096")
    @Min(64)
    @Max(65536)
    int maxRunLength();

    /**
     * Threads that compute; 0 takes half the processors. They wait for each other at every layer, so threads that have to wait for a processor slow each
     * other down a hundredfold: never more than are free. 0 to 256; default 0.
     */
    @WithDefault("0")
    @Min(0)
    @Max(256)
    int threads();

    /** Temperature of requests that name none; 0 always takes the likeliest token. 0 to 2; default 0. */
    @WithDefault("0")
    @DecimalMin("0")
    @DecimalMax("2")
    double defaultTemperature();
}
