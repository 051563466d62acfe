package io.deepsuite.model.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deepsuite.model.inference.AnswerEnd;
import io.deepsuite.model.registry.ModelVersion;
import io.deepsuite.model.registry.RouteTable;
import java.util.List;

/**
 * Answers in OpenAI's JSON.
 *
 * @param kind which route answers
 * @param id identifier of the answer
 * @param created when it began, seconds since 1970 (UTC)
 * @param model the model as the caller named it
 */
record OpenAiAnswers(Kind kind, String id, long created, String model) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FINGERPRINT_LENGTH = 12;

    /** The two routes that answer. */
    enum Kind {
        /** {@code /v1/chat/completions}. */
        CHAT("chatcmpl-", "chat.completion", "chat.completion.chunk"),
        /** {@code /v1/completions}. */
        COMPLETION("cmpl-", "text_completion", "text_completion");

        private final String idPrefix;
        private final String whole;
        private final String chunk;

        Kind(String idPrefix, String whole, String chunk) {
            this.idPrefix = idPrefix;
            this.whole = whole;
            this.chunk = chunk;
        }

        String idPrefix() {
            return idPrefix;
        }
    }

    /** The whole answer at once. */
    String whole(ModelVersion version, String text, AnswerEnd end) {
        var root = root(kind.whole, version);
        var choice = choice(root);
        switch (kind) {
            case CHAT ->
                choice.putObject("message")
                        .put("role", "assistant")
                        .put("content", text)
                        .putNull("refusal");
            case COMPLETION -> choice.put("text", text);
        }
        choice.putNull("logprobs").put("finish_reason", end.finishReason());
        root.set("usage", usage(end));
        return text(root);
    }

    /** The first chunk of a chat: it names the role. */
    String opening(ModelVersion version) {
        var root = root(kind.chunk, version);
        var choice = choice(root);
        choice.putObject("delta").put("role", "assistant").put("content", "");
        choice.putNull("logprobs").putNull("finish_reason");
        return text(root);
    }

    /** A chunk with a piece of the answer. */
    String piece(ModelVersion version, String piece) {
        var root = root(kind.chunk, version);
        var choice = choice(root);
        switch (kind) {
            case CHAT -> choice.putObject("delta").put("content", piece);
            case COMPLETION -> choice.put("text", piece);
        }
        choice.putNull("logprobs").putNull("finish_reason");
        return text(root);
    }

    /** The chunk that says why the answer ended. */
    String ending(ModelVersion version, AnswerEnd end) {
        var root = root(kind.chunk, version);
        var choice = choice(root);
        switch (kind) {
            case CHAT -> choice.putObject("delta");
            case COMPLETION -> choice.put("text", "");
        }
        choice.putNull("logprobs").put("finish_reason", end.finishReason());
        return text(root);
    }

    /** The chunk that counts tokens. */
    String usageChunk(ModelVersion version, AnswerEnd end) {
        var root = root(kind.chunk, version);
        root.putArray("choices");
        root.set("usage", usage(end));
        return text(root);
    }

    /** The list of {@code GET /v1/models}. */
    static String models(List<RouteTable.Entry> entries) {
        var root = JSON.createObjectNode().put("object", "list");
        var data = root.putArray("data");
        entries.forEach(entry -> data.add(node(entry)));
        return text(root);
    }

    /** One model, as {@code GET /v1/models/{model}} shows it. */
    static String model(RouteTable.Entry entry) {
        return text(node(entry));
    }

    private static ObjectNode node(RouteTable.Entry entry) {
        return JSON.createObjectNode()
                .put("id", entry.reference())
                .put("object", "model")
                .put("created", entry.createTime().getEpochSecond())
                .put("owned_by", "deepsuite");
    }

    private ObjectNode root(String object, ModelVersion version) {
        return JSON.createObjectNode()
                .put("id", id)
                .put("object", object)
                .put("created", created)
                .put("model", model)
                .put("system_fingerprint", "fp_" + version.artifactSha256().substring(0, FINGERPRINT_LENGTH));
    }

    private static ObjectNode choice(ObjectNode root) {
        return root.putArray("choices").addObject().put("index", 0);
    }

    private static JsonNode usage(AnswerEnd end) {
        return JSON.createObjectNode()
                .put("prompt_tokens", end.promptTokens())
                .put("completion_tokens", end.completionTokens())
                .put("total_tokens", end.promptTokens() + end.completionTokens());
    }

    private static String text(JsonNode node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a JSON tree can be written", impossible);
        }
    }
}
