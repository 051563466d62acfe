package io.deepsuite.model.engine;

import io.deepsuite.model.masking.MaskedText;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What an engine is asked. All text in it has been masked.
 *
 * @param prompt what to answer
 * @param sampling how to sample
 */
public record EngineRequest(Prompt prompt, Sampling sampling) {

    /** What to answer. */
    public sealed interface Prompt {

        /** A conversation. */
        record Chat(List<Turn> turns) implements Prompt {
            public Chat {
                turns = List.copyOf(turns);
            }
        }

        /** A text to continue. */
        record Completion(MaskedText text) implements Prompt {}
    }

    /**
     * One turn of a conversation.
     *
     * @param role {@code system}, {@code user} or {@code assistant}
     * @param content what was said
     */
    public record Turn(String role, MaskedText content) {}

    /**
     * How to sample; empty for the engine's default.
     *
     * @param maxTokens most tokens of the answer, at least 1
     * @param temperature 0 to 2
     * @param topP more than 0 to 1
     * @param seed seed of the sampler
     * @param stop texts at which the answer ends
     */
    public record Sampling(
            OptionalInt maxTokens,
            OptionalDouble temperature,
            OptionalDouble topP,
            OptionalLong seed,
            List<MaskedText> stop) {
        public Sampling {
            stop = List.copyOf(stop);
        }
    }
}
