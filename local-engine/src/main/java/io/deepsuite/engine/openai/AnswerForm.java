package io.deepsuite.engine.openai;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deepsuite.engine.error.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * The JSON documents of one answer.
 *
 * @param kind chat or text
 * @param id of the answer
 * @param created when the call came in, seconds since 1970-01-01T00:00Z
 * @param model name with version
 */
record AnswerForm(Kind kind, String id, long created, String model) {

    /** The two protocols. */
    enum Kind {
        CHAT("chatcmpl-", "chat.completion", "chat.completion.chunk"),
        TEXT("cmpl-", "text_completion", "text_completion");

        private final String idPrefix;
        private final String object;
        private final String chunkObject;

        Kind(String idPrefix, String object, String chunkObject) {
            this.idPrefix = idPrefix;
            this.object = object;
            this.chunkObject = chunkObject;
        }

        String idPrefix() {
            return idPrefix;
        }
    }

    /** The whole answer. */
    ObjectNode whole(String text, String finishReason, Usage usage) {
        ObjectNode document = document(kind.object);
        ObjectNode choice = choice(document);
        switch (kind) {
            case CHAT -> choice.putObject("message").put("role", "assistant").put("content", text);
            case TEXT -> choice.put("text", text);
        }
        choice.putNull("logprobs").put("finish_reason", finishReason);
        document.set("usage", usage.json());
        return document;
    }

    /** First event of a stream; only chats have one. */
    ObjectNode opening() {
        return chunk("", true, null);
    }

    /** A piece of text. */
    ObjectNode piece(String text) {
        return chunk(text, false, null);
    }

    /** Last event with a choice. */
    ObjectNode closing(String finishReason) {
        return chunk("", false, finishReason);
    }

    /** Token counts, after the closing event. */
    ObjectNode counts(Usage usage) {
        ObjectNode document = document(kind.chunkObject);
        document.putArray("choices");
        document.set("usage", usage.json());
        return document;
    }

    /** OpenAI's error object. */
    static ObjectNode error(Refusal refusal) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ObjectNode error = document.putObject("error")
                .put("message", refusal.message())
                .put("type", refusal.reason().type());
        refusal.param().ifPresentOrElse(param -> error.put("param", param), () -> error.putNull("param"));
        error.put("code", refusal.reason().code());
        return document;
    }

    private ObjectNode chunk(String text, boolean opening, @Nullable String finishReason) {
        ObjectNode document = document(kind.chunkObject);
        ObjectNode choice = choice(document);
        switch (kind) {
            case CHAT -> {
                ObjectNode delta = choice.putObject("delta");
                if (opening) {
                    delta.put("role", "assistant");
                }
                if (finishReason == null) {
                    delta.put("content", text);
                }
            }
            case TEXT -> choice.put("text", text);
        }
        choice.putNull("logprobs").put("finish_reason", finishReason);
        return document;
    }

    private ObjectNode document(String object) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("object", object)
                .put("created", created)
                .put("model", model);
    }

    private static ObjectNode choice(ObjectNode document) {
        return document.putArray("choices").addObject().put("index", 0);
    }

    /**
     * Token counts.
     *
     * @param prompt tokens of the prompt, template and begin-of-text token included
     * @param completion tokens the model produced, end-of-text token included
     */
    record Usage(int prompt, int completion) {
        private ObjectNode json() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("prompt_tokens", prompt)
                    .put("completion_tokens", completion)
                    .put("total_tokens", prompt + completion);
        }
    }
}
