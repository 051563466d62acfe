package io.deepsuite.model.signals;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Something the Monitor Agent is told. */
public sealed interface Signal {

    /**
     * A model call ended.
     *
     * @param model identifier of the model
     * @param version its version; empty when the call did not get so far
     * @param quantization precision of the weights as labelled in metrics
     * @param latency from the call to its end
     * @param timeToFirstToken from the call to the first piece; null when there was none
     * @param success whether the caller got an answer
     * @param completionTokens tokens of the answer
     */
    record Inference(
            String model,
            String version,
            String quantization,
            Duration latency,
            @Nullable Duration timeToFirstToken,
            boolean success,
            int completionTokens)
            implements Signal {}

    /**
     * State of a component.
     *
     * @param component such as {@code engine:127.0.0.1:18451}
     */
    record Health(String component, boolean healthy) implements Signal {}
}
