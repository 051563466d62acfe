package io.deepsuite.model.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.deepsuite.model.inference.InferenceRequest;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads the bodies of the OpenAI routes. A field is served, or harmless to ignore ({@code user}, {@code metadata}), or known and refused unless it asks for
 * nothing ({@code n: 1}, {@code tools: []}), or unknown and refused as OpenAI's own server does.
 */
final class OpenAiRequestParser {

    /** Served by both routes. */
    private static final Set<String> SERVED =
            Set.of("model", "max_tokens", "temperature", "top_p", "seed", "stop", "stream", "stream_options");

    /** Nothing of the answer depends on them. */
    private static final Set<String> IGNORED = Set.of(
            "user",
            "metadata",
            "store",
            "service_tier",
            "safety_identifier",
            "prompt_cache_key",
            "prompt_cache_retention",
            "parallel_tool_calls");

    private static final Set<String> CHAT = Set.of("messages", "max_completion_tokens");
    private static final Set<String> COMPLETION = Set.of("prompt");

    /** Known, not served: what they may be without changing anything. */
    private static final Map<String, Neutral> NOT_SERVED = Map.ofEntries(
            Map.entry("n", Neutral.ONE),
            Map.entry("best_of", Neutral.ONE),
            Map.entry("frequency_penalty", Neutral.ZERO),
            Map.entry("presence_penalty", Neutral.ZERO),
            Map.entry("logprobs", Neutral.FALSE),
            Map.entry("top_logprobs", Neutral.ZERO),
            Map.entry("echo", Neutral.FALSE),
            Map.entry("suffix", Neutral.EMPTY_TEXT),
            Map.entry("logit_bias", Neutral.EMPTY),
            Map.entry("tools", Neutral.EMPTY),
            Map.entry("tool_choice", Neutral.NONE),
            Map.entry("functions", Neutral.EMPTY),
            Map.entry("function_call", Neutral.NONE),
            Map.entry("response_format", Neutral.TEXT_FORMAT),
            Map.entry("modalities", Neutral.TEXT_ONLY),
            Map.entry("audio", Neutral.NULL),
            Map.entry("prediction", Neutral.NULL),
            Map.entry("reasoning_effort", Neutral.NULL),
            Map.entry("verbosity", Neutral.NULL),
            Map.entry("web_search_options", Neutral.NULL));

    private static final Map<String, InferenceRequest.Role> ROLES = Map.of(
            "system", InferenceRequest.Role.SYSTEM,
            "developer", InferenceRequest.Role.SYSTEM,
            "user", InferenceRequest.Role.USER,
            "assistant", InferenceRequest.Role.ASSISTANT);

    private OpenAiRequestParser() {}

    /**
     * Reads the body of {@code POST /v1/chat/completions}.
     *
     * @throws DeepsuiteException {@link ErrorReason#BODY_MALFORMED}, {@link ErrorReason#FIELD_UNKNOWN}, {@link ErrorReason#VALUE_INVALID}
     */
    static OpenAiRequest chat(byte[] bytes) {
        var body = OpenAiBody.parse(bytes);
        checkFields(body, CHAT);
        var messages = body.field("messages")
                .orElseThrow(() -> OpenAiBody.invalid("messages", "absent", "an array of messages"));
        return request(body, new InferenceRequest.Prompt.Chat(turns(messages)));
    }

    /** Reads the body of {@code POST /v1/completions}. Fails as {@link #chat}. */
    static OpenAiRequest completion(byte[] bytes) {
        var body = OpenAiBody.parse(bytes);
        checkFields(body, COMPLETION);
        var prompt = body.field("prompt").orElseThrow(() -> OpenAiBody.invalid("prompt", "absent", "a string"));
        return request(body, new InferenceRequest.Prompt.Completion(onlyText(prompt)));
    }

    private static void checkFields(OpenAiBody body, Set<String> ofRoute) {
        var known = new HashSet<>(SERVED);
        known.addAll(IGNORED);
        known.addAll(NOT_SERVED.keySet());
        known.addAll(ofRoute);
        body.checkKnown(known);
        NOT_SERVED.forEach((name, neutral) -> body.field(name).ifPresent(value -> {
            if (!neutral.allows(value)) {
                throw OpenAiBody.invalid(name, OpenAiBody.shown(value), neutral.expected() + "; more is not served");
            }
        }));
    }

    private static OpenAiRequest request(OpenAiBody body, InferenceRequest.Prompt prompt) {
        var model = body.requiredText("model");
        var stream = body.field("stream")
                .map(value -> OpenAiBody.bool("stream", value))
                .orElse(false);
        var inference = new InferenceRequest(
                model,
                prompt,
                new InferenceRequest.Sampling(
                        maxTokens(body), decimal(body, "temperature"), decimal(body, "top_p"), seed(body), stop(body)));
        return new OpenAiRequest(inference, stream, includeUsage(body, stream));
    }

    private static boolean includeUsage(OpenAiBody body, boolean stream) {
        var options = body.field("stream_options");
        if (options.isEmpty()) {
            return false;
        }
        if (!stream) {
            throw OpenAiBody.invalid("stream_options", "set", "absent unless stream is true");
        }
        if (!options.get().isObject()) {
            throw OpenAiBody.invalid("stream_options", OpenAiBody.shown(options.get()), "an object");
        }
        for (var entry : options.get().properties()) {
            if (!entry.getKey().equals("include_usage") && !entry.getKey().equals("include_obfuscation")) {
                throw new DeepsuiteException(
                        ErrorReason.FIELD_UNKNOWN,
                        "Unrecognized request argument supplied: stream_options has an unknown field",
                        Map.of("field", "stream_options"));
            }
        }
        var usage = options.get().path("include_usage");
        return !usage.isMissingNode() && !usage.isNull() && OpenAiBody.bool("stream_options.include_usage", usage);
    }

    /** {@code max_completion_tokens} is the newer name of {@code max_tokens}; both may be set only to the same. */
    private static OptionalInt maxTokens(OpenAiBody body) {
        var older = body.field("max_tokens").map(value -> OpenAiBody.integer("max_tokens", value));
        var newer =
                body.field("max_completion_tokens").map(value -> OpenAiBody.integer("max_completion_tokens", value));
        if (older.isPresent() && newer.isPresent() && !older.equals(newer)) {
            throw OpenAiBody.invalid("max_tokens", older.get().toString(), "the same as max_completion_tokens");
        }
        return newer.or(() -> older).map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    private static OptionalDouble decimal(OpenAiBody body, String name) {
        return body.field(name)
                .map(value -> OptionalDouble.of(OpenAiBody.number(name, value)))
                .orElseGet(OptionalDouble::empty);
    }

    private static OptionalLong seed(OpenAiBody body) {
        return body.field("seed")
                .map(value -> OptionalLong.of(OpenAiBody.longInteger("seed", value)))
                .orElseGet(OptionalLong::empty);
    }

    private static List<String> stop(OpenAiBody body) {
        var stop = body.field("stop");
        if (stop.isEmpty()) {
            return List.of();
        }
        return stop.get().isArray() ? texts("stop", stop.get()) : List.of(OpenAiBody.text("stop", stop.get()));
    }

    private static List<String> texts(String name, JsonNode array) {
        var texts = new ArrayList<String>();
        for (var i = 0; i < array.size(); i++) {
            texts.add(OpenAiBody.text("%s[%d]".formatted(name, i), array.get(i)));
        }
        return texts;
    }

    /** A prompt: a string, or an array of one string. Lists of prompts and of tokens are not served. */
    private static String onlyText(JsonNode prompt) {
        if (prompt.isArray() && prompt.size() == 1) {
            return OpenAiBody.text("prompt[0]", prompt.get(0));
        }
        if (prompt.isArray()) {
            throw OpenAiBody.invalid("prompt", "an array of " + prompt.size(), "one string");
        }
        return OpenAiBody.text("prompt", prompt);
    }

    private static List<InferenceRequest.Turn> turns(JsonNode messages) {
        if (!messages.isArray()) {
            throw OpenAiBody.invalid("messages", OpenAiBody.shown(messages), "an array of messages");
        }
        var turns = new ArrayList<InferenceRequest.Turn>();
        for (var i = 0; i < messages.size(); i++) {
            turns.add(turn("messages[%d]".formatted(i), messages.get(i)));
        }
        return turns;
    }

    private static InferenceRequest.Turn turn(String at, JsonNode message) {
        if (!message.isObject()) {
            throw OpenAiBody.invalid(at, OpenAiBody.shown(message), "an object with role and content");
        }
        for (var entry : message.properties()) {
            checkMessageField(at, entry.getKey(), entry.getValue());
        }
        return new InferenceRequest.Turn(
                role(at, message.path("role")), content(at + ".content", message.path("content")));
    }

    private static void checkMessageField(String at, String field, JsonNode value) {
        switch (field) {
            case "role", "content", "name" -> {}
            case "tool_calls", "function_call", "tool_call_id", "refusal", "audio", "annotations" -> {
                if (!value.isNull() && !(value.isContainerNode() && value.isEmpty())) {
                    throw OpenAiBody.invalid(at + "." + field, OpenAiBody.shown(value), "absent; it is not served");
                }
            }
            default ->
                throw new DeepsuiteException(
                        ErrorReason.FIELD_UNKNOWN,
                        "Unrecognized request argument supplied: a field of %s is not known".formatted(at),
                        Map.of("field", at));
        }
    }

    private static InferenceRequest.Role role(String at, JsonNode value) {
        var role = value.isTextual()
                ? Optional.ofNullable(ROLES.get(value.textValue()))
                : Optional.<InferenceRequest.Role>empty();
        return role.orElseThrow(() ->
                OpenAiBody.invalid(at + ".role", OpenAiBody.shown(value), "system, developer, user or assistant"));
    }

    /** A string, or an array of text parts, which are joined. */
    private static String content(String at, JsonNode content) {
        if (content.isMissingNode() || content.isNull()) {
            throw OpenAiBody.invalid(at, OpenAiBody.shown(content), "a string or an array of text parts");
        }
        if (!content.isArray()) {
            return OpenAiBody.text(at, content);
        }
        var text = new StringBuilder();
        for (var i = 0; i < content.size(); i++) {
            var part = content.get(i);
            var type = part.path("type");
            if (!part.isObject() || !type.isTextual() || !type.textValue().equals("text")) {
                throw OpenAiBody.invalid("%s[%d].type".formatted(at, i), OpenAiBody.shown(type), "text");
            }
            text.append(OpenAiBody.text("%s[%d].text".formatted(at, i), part.path("text")));
        }
        return text.toString();
    }
}
