package io.deepsuite.systemtests.suite;

import java.util.List;

/**
 * What a caller got.
 *
 * @param pieces the text in the pieces in which it came, none empty; one for an answer that was not streamed
 * @param finishReason why it ended
 * @param promptTokens tokens of the input as told
 * @param completionTokens tokens of the answer as told
 * @param requestId as returned
 */
public record Answer(
        List<String> pieces, String finishReason, long promptTokens, long completionTokens, String requestId) {

    public Answer {
        pieces = List.copyOf(pieces);
    }

    /** The whole text. */
    public String text() {
        return String.join("", pieces);
    }
}
