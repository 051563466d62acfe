package io.deepsuite.model.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deepsuite.model.registry.ModelVersion.EngineReplica;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/** The OpenAI protocol's JSON as engines speak it. */
final class OpenAiProtocol {

    private static final ObjectMapper JSON = new ObjectMapper();

    private OpenAiProtocol() {}

    /** Path of the request, under the replica's base address. */
    static String path(EngineRequest request) {
        return switch (request.prompt()) {
            case EngineRequest.Prompt.Chat _ -> "/v1/chat/completions";
            case EngineRequest.Prompt.Completion _ -> "/v1/completions";
        };
    }

    /** Body of the request; always streaming, with usage. */
    static byte[] body(EngineReplica replica, EngineRequest request) {
        var body = JSON.createObjectNode();
        body.put("model", replica.engineModel());
        switch (request.prompt()) {
            case EngineRequest.Prompt.Chat chat -> {
                var messages = body.putArray("messages");
                chat.turns()
                        .forEach(turn -> messages.addObject()
                                .put("role", turn.role())
                                .put("content", turn.content().value()));
            }
            case EngineRequest.Prompt.Completion completion ->
                body.put("prompt", completion.text().value());
        }
        sampling(body, request.sampling());
        body.put("stream", true);
        body.putObject("stream_options").put("include_usage", true);
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a JSON tree can be written", impossible);
        }
    }

    private static void sampling(ObjectNode body, EngineRequest.Sampling sampling) {
        sampling.maxTokens().ifPresent(value -> body.put("max_tokens", value));
        sampling.temperature().ifPresent(value -> body.put("temperature", value));
        sampling.topP().ifPresent(value -> body.put("top_p", value));
        sampling.seed().ifPresent(value -> body.put("seed", value));
        if (!sampling.stop().isEmpty()) {
            var stop = body.putArray("stop");
            sampling.stop().forEach(text -> stop.add(text.value()));
        }
    }

    /**
     * Reads one event of the stream.
     *
     * @throws EngineFailure if it is an error or not the protocol's
     */
    static Chunk chunk(String data) {
        if (data.equals("[DONE]")) {
            return Chunk.END;
        }
        var event = parsed(data);
        if (event.hasNonNull("error")) {
            throw new EngineFailure(EngineFailure.Kind.BROKEN, "error in the stream: " + code(event.get("error")));
        }
        var choice = event.path("choices").path(0);
        var text =
                choice.path("delta").path("content").asText(choice.path("text").asText(""));
        var finish = choice.path("finish_reason");
        var usage = event.path("usage");
        return new Chunk(
                text,
                finish.isTextual() ? Optional.of(finish.asText()) : Optional.empty(),
                count(usage.path("prompt_tokens")),
                count(usage.path("completion_tokens")),
                false);
    }

    /** The failure that a status other than 200 stands for. */
    static EngineFailure failure(int status, byte[] body) {
        var error = errorIn(body);
        var code = code(error);
        var what = "status %d, code %s".formatted(status, code);
        return new EngineFailure(
                switch (status) {
                    case 400, 413, 422 ->
                        tooLong(code, error.path("message").asText(""))
                                ? EngineFailure.Kind.TOO_LONG
                                : EngineFailure.Kind.REFUSED;
                    case 429 -> EngineFailure.Kind.BUSY;
                    case 502, 503, 504 -> EngineFailure.Kind.UNREADY;
                    default -> EngineFailure.Kind.BROKEN;
                },
                what);
    }

    private static boolean tooLong(String code, String message) {
        return code.equals("context_length_exceeded")
                || code.equals("unbroken_run_too_long")
                || code.equals("request_too_large")
                || message.contains("maximum context length");
    }

    private static JsonNode errorIn(byte[] body) {
        try {
            var tree = JSON.readTree(body);
            return tree == null ? JSON.missingNode() : tree.path("error");
        } catch (IOException _) {
            return JSON.missingNode();
        }
    }

    /** The error's code where it looks like one, so that nothing else the engine wrote gets into logs. */
    private static String code(JsonNode error) {
        var code = error.path("code").asText("");
        return code.matches("[a-z0-9_]{1,63}") ? code : "unknown";
    }

    private static JsonNode parsed(String data) {
        try {
            return JSON.readTree(data);
        } catch (JsonProcessingException _) { // its message quotes the answer
            throw new EngineFailure(EngineFailure.Kind.BROKEN, "an event of the stream is not JSON");
        }
    }

    private static OptionalInt count(JsonNode node) {
        return node.isInt() ? OptionalInt.of(node.asInt()) : OptionalInt.empty();
    }

    /**
     * One event of the stream.
     *
     * @param text piece of the answer, maybe empty
     * @param finishReason set in the last piece
     * @param promptTokens set where the engine tells
     * @param completionTokens set where the engine tells
     * @param end whether the stream ends here
     */
    record Chunk(
            String text,
            Optional<String> finishReason,
            OptionalInt promptTokens,
            OptionalInt completionTokens,
            boolean end) {

        static final Chunk END = new Chunk("", Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), true);
    }
}
