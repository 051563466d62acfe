package io.deepsuite.model.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a caller asks, whichever protocol it came by. Not checked yet.
 *
 * @param model model name with or without version: {@code tiny-translate}, {@code tiny-translate@1.0.0}
 * @param prompt what to answer
 * @param sampling how to sample
 */
public record InferenceRequest(String model, Prompt prompt, Sampling sampling) {

    /** Names the model only; the rest is the caller's. */
    @Override
    public String toString() {
        return "InferenceRequest[model=" + model + "]";
    }

    /** All texts that go to the engine, in order: the prompt's, then the stop texts. */
    List<String> texts() {
        var texts = new ArrayList<>(prompt.texts());
        texts.addAll(sampling.stop());
        return List.copyOf(texts);
    }

    /** What to answer. */
    public sealed interface Prompt {

        /** Its texts in order. */
        List<String> texts();

        /** A conversation. */
        record Chat(List<Turn> turns) implements Prompt {
            public Chat {
                turns = List.copyOf(turns);
            }

            @Override
            public List<String> texts() {
                return turns.stream().map(Turn::content).toList();
            }
        }

        /** A text to continue. */
        record Completion(String text) implements Prompt {
            @Override
            public List<String> texts() {
                return List.of(text);
            }
        }
    }

    /** One turn of a conversation. */
    public record Turn(Role role, String content) {}

    /** Who speaks. */
    public enum Role {
        /** Instructions. */
        SYSTEM("system"),
        /** The caller. */
        USER("user"),
        /** The model. */
        ASSISTANT("assistant");

        private final String wire;

        Role(String wire) {
            this.wire = wire;
        }

        /** Its name in the OpenAI protocol. */
        public String wire() {
            return wire;
        }
    }

    /**
     * How to sample; empty for the model's default.
     *
     * @param maxTokens most tokens of the answer, 1 to the model's context
     * @param temperature 0 to 2
     * @param topP more than 0 to 1
     * @param seed seed of the sampler
     * @param stop texts at which the answer ends; at most 4, none empty
     */
    public record Sampling(
            OptionalInt maxTokens,
            OptionalDouble temperature,
            OptionalDouble topP,
            OptionalLong seed,
            List<String> stop) {

        /** Everything as the model has it. */
        public static final Sampling DEFAULTS = new Sampling(
                OptionalInt.empty(), OptionalDouble.empty(), OptionalDouble.empty(), OptionalLong.empty(), List.of());

        public Sampling {
            stop = List.copyOf(stop);
        }
    }
}
