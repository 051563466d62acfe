package io.deepsuite.engine.inference;

/**
 * One turn of a conversation.
 *
 * @param role who speaks
 * @param content what was said; any text, control tokens in it have no effect
 */
public record ChatMessage(Role role, String content) {

    /** Speakers; the lower-case names are the protocol's. */
    public enum Role {
        SYSTEM,
        USER,
        ASSISTANT
    }

    @Override
    public String toString() {
        return "ChatMessage[%s, %d characters]".formatted(role, content.length());
    }
}
