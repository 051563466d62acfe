package io.deepsuite.model.inference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * The form of an input that is hashed: JSON in UTF-8 without white space, members in order of name (RFC 8785), holding what the caller said and nothing of how
 * it was to be sampled: {@code {"messages":[{"content":"…","role":"user"}]}} or {@code {"prompt":"…"}}. The same words have the same hash by REST and gRPC.
 */
final class CanonicalInput {

    private static final ObjectMapper JSON = new ObjectMapper();

    private CanonicalInput() {}

    static byte[] of(InferenceRequest.Prompt prompt) {
        var root = JSON.createObjectNode();
        switch (prompt) {
            case InferenceRequest.Prompt.Chat chat -> {
                var messages = root.putArray("messages");
                chat.turns()
                        .forEach(turn -> messages.addObject()
                                .put("content", turn.content())
                                .put("role", turn.role().wire()));
            }
            case InferenceRequest.Prompt.Completion completion -> root.put("prompt", completion.text());
        }
        try {
            return JSON.writeValueAsBytes(root);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a JSON tree can be written", impossible);
        }
    }
}
