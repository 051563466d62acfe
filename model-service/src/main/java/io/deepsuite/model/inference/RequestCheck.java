package io.deepsuite.model.inference;

import io.deepsuite.model.registry.ModelVersion;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import java.util.Map;

/** Checks requests before anything is done for them. */
final class RequestCheck {

    private static final int MAX_STOP = 4;
    private static final int MAX_MODEL_NAME = 256;

    private final InferenceConfig config;

    RequestCheck(InferenceConfig config) {
        this.config = config;
    }

    /**
     * Checks what can be told without the model.
     *
     * @throws DeepsuiteException {@link ErrorReason#VALUE_INVALID} naming the field, the value and what was expected; {@link ErrorReason#PROMPT_TOO_LONG}
     */
    void check(InferenceRequest request) {
        if (request.model().isEmpty() || request.model().length() > MAX_MODEL_NAME) {
            throw invalid(
                    "model", "length " + request.model().length(), "1 to %d characters".formatted(MAX_MODEL_NAME));
        }
        switch (request.prompt()) {
            case InferenceRequest.Prompt.Chat chat -> checkTurns(chat);
            case InferenceRequest.Prompt.Completion completion -> {
                if (completion.text().isEmpty()) {
                    throw invalid("prompt", "empty", "a text");
                }
            }
        }
        checkSampling(request.sampling());
        checkLength(request);
    }

    private void checkTurns(InferenceRequest.Prompt.Chat chat) {
        var turns = chat.turns();
        if (turns.isEmpty() || turns.size() > config.maxMessages()) {
            throw invalid("messages", turns.size() + " messages", "1 to %d".formatted(config.maxMessages()));
        }
        if (turns.getLast().content().isEmpty()) {
            throw invalid("messages[%d].content".formatted(turns.size() - 1), "empty", "a text");
        }
    }

    private static void checkSampling(InferenceRequest.Sampling sampling) {
        sampling.maxTokens().ifPresent(value -> {
            if (value < 1) {
                throw invalid("max_tokens", Integer.toString(value), "at least 1");
            }
        });
        sampling.temperature().ifPresent(value -> {
            if (!(value >= 0 && value <= 2)) {
                throw invalid("temperature", Double.toString(value), "0 to 2");
            }
        });
        sampling.topP().ifPresent(value -> {
            if (!(value > 0 && value <= 1)) {
                throw invalid("top_p", Double.toString(value), "more than 0, at most 1");
            }
        });
        if (sampling.stop().size() > MAX_STOP) {
            throw invalid("stop", sampling.stop().size() + " texts", "at most %d".formatted(MAX_STOP));
        }
        if (sampling.stop().contains("")) {
            throw invalid("stop", "an empty text", "texts that are not empty");
        }
    }

    private void checkLength(InferenceRequest request) {
        var length = request.texts().stream().mapToLong(String::length).sum();
        if (length > config.maxPromptCharacters()) {
            throw new DeepsuiteException(
                    ErrorReason.PROMPT_TOO_LONG,
                    "input: %d characters (expected: at most %d)".formatted(length, config.maxPromptCharacters()),
                    Map.of("field", field(request.prompt())));
        }
    }

    private static String field(InferenceRequest.Prompt prompt) {
        return switch (prompt) {
            case InferenceRequest.Prompt.Chat _ -> "messages";
            case InferenceRequest.Prompt.Completion _ -> "prompt";
        };
    }

    /**
     * Checks what the model decides.
     *
     * @throws DeepsuiteException {@link ErrorReason#VALUE_INVALID}
     */
    static void checkAgainst(InferenceRequest.Sampling sampling, ModelVersion version) {
        sampling.maxTokens().ifPresent(value -> {
            if (version.contextTokens() > 0 && value > version.contextTokens()) {
                throw invalid(
                        "max_tokens",
                        Integer.toString(value),
                        "at most %d, the context of %s".formatted(version.contextTokens(), version.reference()));
            }
        });
    }

    private static DeepsuiteException invalid(String field, String value, String expected) {
        return new DeepsuiteException(
                ErrorReason.VALUE_INVALID,
                "%s: %s (expected: %s)".formatted(field, value, expected),
                Map.of("field", field));
    }
}
