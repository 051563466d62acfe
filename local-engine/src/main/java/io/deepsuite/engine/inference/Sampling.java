package io.deepsuite.engine.inference;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How tokens are chosen.
 *
 * @param maxTokens most tokens of the answer, at least 1; empty for as many as the context holds
 * @param temperature 0 to 2; 0 always takes the likeliest token
 * @param topP nucleus, more than 0 to 1
 * @param seed seed of the sampler; empty for a random one
 */
public record Sampling(OptionalInt maxTokens, double temperature, double topP, OptionalLong seed) {

    public Sampling {
        if (maxTokens.isPresent() && maxTokens.getAsInt() < 1) {
            throw new IllegalArgumentException("maxTokens: %d (expected: at least 1)".formatted(maxTokens.getAsInt()));
        }
    }
}
