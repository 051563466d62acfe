package io.deepsuite.engine.llama;

import io.deepsuite.engine.error.Refusal;
import io.deepsuite.engine.error.RefusalReason;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps control tokens in a caller's text from steering the conversation. The tokenizer turns the text of a control token into the token wherever it stands,
 * so a message could open a turn of the assistant. Here every such text is cut after its first character, and a message is cut off from what surrounds it;
 * the pieces are tokenized one by one. The model still reads the same characters, as plain text.
 *
 * <p>A cut is marked with {@link #CUT}, a private-use character, while the template is applied; callers' own ones are refused.
 */
final class ControlTokens {

    /** Marks a cut; never reaches the model. */
    static final char CUT = '\uE0C7';

    private final List<String> tokens;

    /**
     * Knows the control tokens of one model.
     *
     * @param tokens their texts, none empty
     */
    ControlTokens(List<String> tokens) {
        this.tokens = List.copyOf(tokens);
    }

    /**
     * Marks the cuts in a message.
     *
     * @throws Refusal {@link RefusalReason#VALUE_INVALID} if the text has the mark itself, or a control token of one character, which cannot be cut
     */
    String mark(String content) {
        if (content.indexOf(CUT) >= 0) {
            throw new Refusal(RefusalReason.VALUE_INVALID, "message has the private-use character U+E0C7", "messages");
        }
        var marked = new StringBuilder(content.length() + 2).append(CUT);
        for (int i = 0; i < content.length(); ) {
            int next = content.offsetByCodePoints(i, 1);
            marked.append(content, i, next);
            if (startsToken(content, i, next)) {
                marked.append(CUT);
            }
            i = next;
        }
        return marked.append(CUT).toString();
    }

    /**
     * Splits a rendered conversation at its cuts.
     *
     * @return pieces in order, none empty
     */
    static List<String> split(String rendered) {
        List<String> pieces = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= rendered.length(); i++) {
            if (i == rendered.length() || rendered.charAt(i) == CUT) {
                if (i > start) {
                    pieces.add(rendered.substring(start, i));
                }
                start = i + 1;
            }
        }
        return pieces;
    }

    private boolean startsToken(String content, int at, int next) {
        for (String token : tokens) {
            if (content.startsWith(token, at)) {
                if (token.length() == next - at) {
                    throw new Refusal(
                            RefusalReason.VALUE_INVALID, "message has a control character of the model", "messages");
                }
                return true;
            }
        }
        return false;
    }
}
