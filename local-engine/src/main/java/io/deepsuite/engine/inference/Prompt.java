package io.deepsuite.engine.inference;

import java.util.List;

/** What an answer continues. */
public sealed interface Prompt {

    /**
     * A conversation, put in form by the model's own chat template.
     *
     * @param messages at least one
     */
    record Chat(List<ChatMessage> messages) implements Prompt {
        public Chat {
            messages = List.copyOf(messages);
            if (messages.isEmpty()) {
                throw new IllegalArgumentException("messages: 0 (expected: at least 1)");
            }
        }
    }

    /**
     * A text that is continued as it stands, in the model's own language: control tokens in it work.
     *
     * @param text not empty
     */
    record Plain(String text) implements Prompt {
        @Override
        public String toString() {
            return "Plain[%d characters]".formatted(text.length());
        }
    }
}
