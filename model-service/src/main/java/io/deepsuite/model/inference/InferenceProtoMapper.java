package io.deepsuite.model.inference;

import io.deepsuite.model.v1.ChatMessage;
import io.deepsuite.model.v1.ChatRequest;
import io.deepsuite.model.v1.ChatResponse;
import io.deepsuite.model.v1.GenerateRequest;
import io.deepsuite.model.v1.GenerateResponse;
import io.deepsuite.model.v1.SamplingOptions;
import io.deepsuite.model.v1.Usage;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import java.util.ArrayList;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Translates between inference and its contract. */
final class InferenceProtoMapper {

    private InferenceProtoMapper() {}

    /** @throws DeepsuiteException {@link ErrorReason#VALUE_INVALID} for a message without a role */
    static InferenceRequest fromProto(ChatRequest request) {
        var turns = new ArrayList<InferenceRequest.Turn>();
        for (var i = 0; i < request.getMessagesCount(); i++) {
            var message = request.getMessages(i);
            turns.add(new InferenceRequest.Turn(role(i, message), message.getContent()));
        }
        return new InferenceRequest(
                request.getModel(), new InferenceRequest.Prompt.Chat(turns), sampling(request.getSampling()));
    }

    static InferenceRequest fromProto(GenerateRequest request) {
        return new InferenceRequest(
                request.getModel(),
                new InferenceRequest.Prompt.Completion(request.getPrompt()),
                sampling(request.getSampling()));
    }

    private static InferenceRequest.Role role(int index, ChatMessage message) {
        return switch (message.getRole()) {
            case ROLE_SYSTEM -> InferenceRequest.Role.SYSTEM;
            case ROLE_USER -> InferenceRequest.Role.USER;
            case ROLE_ASSISTANT -> InferenceRequest.Role.ASSISTANT;
            case ROLE_UNSPECIFIED, UNRECOGNIZED -> {
                var field = "messages[%d].role".formatted(index);
                throw new DeepsuiteException(
                        ErrorReason.VALUE_INVALID,
                        "%s: %d (expected: ROLE_SYSTEM, ROLE_USER or ROLE_ASSISTANT)"
                                .formatted(field, message.getRoleValue()),
                        Map.of("field", field));
            }
        };
    }

    private static InferenceRequest.Sampling sampling(SamplingOptions options) {
        return new InferenceRequest.Sampling(
                options.hasMaxTokens() ? OptionalInt.of(options.getMaxTokens()) : OptionalInt.empty(),
                options.hasTemperature() ? OptionalDouble.of(options.getTemperature()) : OptionalDouble.empty(),
                options.hasTopP() ? OptionalDouble.of(options.getTopP()) : OptionalDouble.empty(),
                options.hasSeed() ? OptionalLong.of(options.getSeed()) : OptionalLong.empty(),
                options.getStopList());
    }

    static ChatResponse chatPiece(String id, String version, String delta) {
        return ChatResponse.newBuilder()
                .setId(id)
                .setModelVersion(version)
                .setDelta(delta)
                .build();
    }

    static ChatResponse chatEnd(String id, AnswerEnd end) {
        return ChatResponse.newBuilder()
                .setId(id)
                .setModelVersion(end.version())
                .setFinishReason(end.finishReason())
                .setUsage(usage(end))
                .build();
    }

    static GenerateResponse generatePiece(String id, String version, String delta) {
        return GenerateResponse.newBuilder()
                .setId(id)
                .setModelVersion(version)
                .setDelta(delta)
                .build();
    }

    static GenerateResponse generateEnd(String id, AnswerEnd end) {
        return GenerateResponse.newBuilder()
                .setId(id)
                .setModelVersion(end.version())
                .setFinishReason(end.finishReason())
                .setUsage(usage(end))
                .build();
    }

    private static Usage usage(AnswerEnd end) {
        return Usage.newBuilder()
                .setPromptTokens(end.promptTokens())
                .setCompletionTokens(end.completionTokens())
                .build();
    }
}
