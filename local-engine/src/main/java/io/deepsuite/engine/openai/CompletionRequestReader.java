package io.deepsuite.engine.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.deepsuite.engine.error.Refusal;
import io.deepsuite.engine.error.RefusalReason;
import io.deepsuite.engine.inference.ChatMessage;
import io.deepsuite.engine.inference.Prompt;
import io.deepsuite.engine.inference.Sampling;
import io.deepsuite.engine.openai.RequestFields.Neutral;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads requests of OpenAI's chat and text completions. A field that would change the answer and is not offered is refused, never ignored; so is one that the
 * protocol does not know.
 */
final class CompletionRequestReader {

    private static final int MAX_STOP_WORDS = 4;
    private static final int MAX_STOP_CHARACTERS = 256;

    /** Read here, or without effect on the answer. */
    private static final Set<String> COMMON = Set.of(
            "model",
            "max_tokens",
            "temperature",
            "top_p",
            "seed",
            "stop",
            "stream",
            "stream_options",
            "user",
            "metadata",
            "safety_identifier",
            "prompt_cache_key");

    private static final Set<String> CHAT = with("messages", "max_completion_tokens", "parallel_tool_calls");
    private static final Set<String> TEXT = with("prompt");

    private static final Neutral ONE = new Neutral("1", value -> value.isIntegralNumber() && value.longValue() == 1);
    private static final Neutral ZERO = new Neutral("0", value -> value.isNumber() && value.doubleValue() == 0);
    private static final Neutral FALSE = new Neutral("false", value -> value.isBoolean() && !value.booleanValue());
    private static final Neutral EMPTY = new Neutral("empty", value -> value.isContainerNode() && value.isEmpty());
    private static final Neutral NOTHING = new Neutral("null", JsonNode::isNull);
    private static final Neutral NONE = new Neutral(
            "none", value -> value.asText().equals("none") || value.asText().equals("auto"));
    private static final Neutral PLAIN_TEXT = new Neutral(
            "{\"type\": \"text\"}",
            value -> value.isObject() && value.path("type").asText().equals("text"));
    private static final Neutral TEXT_ONLY = new Neutral(
            "[\"text\"]",
            value -> value.isArray()
                    && value.size() == 1
                    && value.get(0).asText().equals("text"));

    private static final Map<String, Neutral> UNSUPPORTED_CHAT = Map.ofEntries(
            Map.entry("n", ONE),
            Map.entry("logprobs", FALSE),
            Map.entry("top_logprobs", ZERO),
            Map.entry("frequency_penalty", ZERO),
            Map.entry("presence_penalty", ZERO),
            Map.entry("logit_bias", EMPTY),
            Map.entry("response_format", PLAIN_TEXT),
            Map.entry("tools", EMPTY),
            Map.entry("tool_choice", NONE),
            Map.entry("functions", EMPTY),
            Map.entry("function_call", NONE),
            Map.entry("modalities", TEXT_ONLY),
            Map.entry("audio", NOTHING),
            Map.entry("prediction", NOTHING),
            Map.entry("reasoning_effort", NOTHING),
            Map.entry("verbosity", NOTHING),
            Map.entry("web_search_options", NOTHING),
            Map.entry(
                    "service_tier", new Neutral("auto", value -> value.asText().equals("auto"))),
            Map.entry("store", FALSE));

    private static final Map<String, Neutral> UNSUPPORTED_TEXT = Map.ofEntries(
            Map.entry("n", ONE),
            Map.entry("best_of", ONE),
            Map.entry("logprobs", NOTHING),
            Map.entry("echo", FALSE),
            Map.entry("suffix", NOTHING),
            Map.entry("frequency_penalty", ZERO),
            Map.entry("presence_penalty", ZERO),
            Map.entry("logit_bias", EMPTY),
            Map.entry("response_format", PLAIN_TEXT));

    private static final Set<String> MESSAGE = Set.of("role", "content", "name");
    private static final Map<String, Neutral> UNSUPPORTED_MESSAGE = Map.of(
            "tool_calls", EMPTY,
            "tool_call_id", NOTHING,
            "function_call", NOTHING,
            "refusal", NOTHING,
            "audio", NOTHING,
            "annotations", EMPTY);

    private final double defaultTemperature;

    CompletionRequestReader(double defaultTemperature) {
        this.defaultTemperature = defaultTemperature;
    }

    /** Reads the body of {@code /v1/chat/completions}; refuses it with one of the reasons of status 400. */
    CompletionRequest chat(JsonNode body) {
        var fields = RequestFields.of(body, "");
        fields.allowOnly(CHAT, UNSUPPORTED_CHAT);
        OptionalLong maxTokens = fields.integer("max_tokens", 1, Integer.MAX_VALUE);
        OptionalLong maxCompletionTokens = fields.integer("max_completion_tokens", 1, Integer.MAX_VALUE);
        if (maxTokens.isPresent() && maxCompletionTokens.isPresent() && !maxTokens.equals(maxCompletionTokens)) {
            throw RequestFields.invalid("max_tokens", "differs from max_completion_tokens", "one of the two");
        }
        return request(
                fields,
                new Prompt.Chat(messages(fields.required("messages"))),
                maxTokens.isPresent() ? maxTokens : maxCompletionTokens);
    }

    /** Reads the body of {@code /v1/completions}; refuses it with one of the reasons of status 400. */
    CompletionRequest text(JsonNode body) {
        var fields = RequestFields.of(body, "");
        fields.allowOnly(TEXT, UNSUPPORTED_TEXT);
        JsonNode prompt = fields.required("prompt");
        boolean single = prompt.isArray() && prompt.size() == 1;
        String text = RequestFields.text(single ? prompt.get(0) : prompt, "prompt");
        if (text.isEmpty()) {
            throw RequestFields.invalid("prompt", "empty", "at least 1 character");
        }
        return request(fields, new Prompt.Plain(text), fields.integer("max_tokens", 1, Integer.MAX_VALUE));
    }

    private CompletionRequest request(RequestFields fields, Prompt prompt, OptionalLong maxTokens) {
        boolean stream = fields.flag("stream");
        return new CompletionRequest(
                fields.text("model").orElseThrow(() -> RequestFields.invalid("model", "absent", "a model's name")),
                prompt,
                new Sampling(
                        maxTokens.isPresent() ? OptionalInt.of((int) maxTokens.getAsLong()) : OptionalInt.empty(),
                        fields.number("temperature", 0, false, 2).orElse(defaultTemperature),
                        fields.number("top_p", 0, true, 1).orElse(1),
                        fields.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE)),
                stop(fields),
                stream,
                includeUsage(fields, stream));
    }

    private static boolean includeUsage(RequestFields fields, boolean stream) {
        return fields.any("stream_options")
                .map(node -> {
                    if (!stream) {
                        throw RequestFields.invalid("stream_options", "without stream", "stream to be true");
                    }
                    var options = RequestFields.of(node, "stream_options");
                    options.allowOnly(Set.of("include_usage", "include_obfuscation"), Map.of());
                    return options.flag("include_usage");
                })
                .orElse(false);
    }

    private static List<String> stop(RequestFields fields) {
        JsonNode node = fields.any("stop").orElse(null);
        if (node == null) {
            return List.of();
        }
        List<String> words = new ArrayList<>();
        if (node.isArray()) {
            for (int i = 0; i < node.size() && i <= MAX_STOP_WORDS; i++) {
                words.add(RequestFields.text(node.get(i), "stop[%d]".formatted(i)));
            }
        } else {
            words.add(RequestFields.text(node, "stop"));
        }
        if (words.size() > MAX_STOP_WORDS) {
            throw RequestFields.invalid("stop", "%d words".formatted(node.size()), "at most " + MAX_STOP_WORDS);
        }
        for (String word : words) {
            if (word.isEmpty() || word.length() > MAX_STOP_CHARACTERS) {
                throw RequestFields.invalid(
                        "stop",
                        "a word of %d characters".formatted(word.length()),
                        "1 to %d characters".formatted(MAX_STOP_CHARACTERS));
            }
        }
        return words;
    }

    private static List<ChatMessage> messages(JsonNode node) {
        if (!node.isArray()) {
            throw RequestFields.invalid("messages", RequestFields.typeOf(node), "an array");
        }
        if (node.isEmpty()) {
            throw RequestFields.invalid("messages", "empty", "at least 1 message");
        }
        List<ChatMessage> messages = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            messages.add(message(RequestFields.of(node.get(i), "messages[%d]".formatted(i))));
        }
        return messages;
    }

    private static ChatMessage message(RequestFields fields) {
        fields.allowOnly(MESSAGE, UNSUPPORTED_MESSAGE);
        String role = RequestFields.text(fields.required("role"), fields.pathOf("role"));
        return new ChatMessage(
                switch (role) {
                    case "system" -> ChatMessage.Role.SYSTEM;
                    case "user" -> ChatMessage.Role.USER;
                    case "assistant" -> ChatMessage.Role.ASSISTANT;
                    default ->
                        throw RequestFields.invalid(fields.pathOf("role"), "another role", "system, user or assistant");
                },
                content(fields.required("content"), fields.pathOf("content")));
    }

    private static String content(JsonNode node, String path) {
        if (!node.isArray()) {
            return RequestFields.text(node, path);
        }
        var text = new StringBuilder();
        for (int i = 0; i < node.size(); i++) {
            var part = RequestFields.of(node.get(i), "%s[%d]".formatted(path, i));
            String type = part.text("type").orElse("");
            if (!type.equals("text")) {
                throw new Refusal(
                        RefusalReason.FIELD_UNSUPPORTED, "only parts of type text are offered", part.pathOf("type"));
            }
            part.allowOnly(Set.of("type", "text"), Map.of());
            text.append(RequestFields.text(part.required("text"), part.pathOf("text")));
        }
        return text.toString();
    }

    private static Set<String> with(String... more) {
        var all = new HashSet<>(COMMON);
        Stream.of(more).forEach(all::add);
        return Set.copyOf(all);
    }
}
