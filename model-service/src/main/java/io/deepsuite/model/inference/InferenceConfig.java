package io.deepsuite.model.inference;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;

/** Bounds of model calls. Durations are ISO-8601. */
@ConfigMapping(prefix = "deepsuite.inference")
public interface InferenceConfig {

    /** Calls that run at one time, 1 to 100,000; default 64. */
    @WithDefault("64")
    @Min(1)
    @Max(100_000)
    int maxConcurrentCalls();

    /** Calls that wait for their turn, 0 to 100,000; one more is refused at once. Default 256. */
    @WithDefault("256")
    @Min(0)
    @Max(100_000)
    int maxQueuedCalls();

    /** Longest wait for a turn; default 10 s. */
    @WithDefault("PT10S")
    @NotNull
    Duration queueTimeout();

    /** When a refused caller should try again; default 1 s. */
    @WithDefault("PT1S")
    @NotNull
    Duration retryAfter();

    /** Longest call from beginning to end; default 5 min. */
    @WithDefault("PT5M")
    @NotNull
    Duration callTimeout();

    /** Longest input of a call in UTF-16 units, all texts together, 1 to 100,000,000; default 200,000. */
    @WithDefault("200000")
    @Min(1)
    @Max(100_000_000)
    int maxPromptCharacters();

    /** Most messages of a conversation, 1 to 10,000; default 500. */
    @WithDefault("500")
    @Min(1)
    @Max(10_000)
    int maxMessages();
}
