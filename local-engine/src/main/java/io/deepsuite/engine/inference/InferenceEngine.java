package io.deepsuite.engine.inference;

import io.deepsuite.engine.error.Refusal;
import io.deepsuite.engine.error.RefusalReason;

/**
 * One loaded model. The only door to native code; another library replaces the implementation behind it. All methods block and must be called on a thread
 * of {@link SlotPool}, which has the stack that native code needs.
 */
public interface InferenceEngine {

    /**
     * Turns a prompt into tokens.
     *
     * @throws Refusal {@link RefusalReason#RUN_TOO_LONG} or {@link RefusalReason#CONTEXT_EXCEEDED} if the model cannot take it,
     *     {@link RefusalReason#FIELD_UNSUPPORTED} for a conversation when the model has no chat template
     */
    TokenizedPrompt tokenize(Prompt prompt);

    /**
     * Continues a prompt, handing over each piece of text as it comes.
     *
     * @return why it ended and how many tokens the model produced, its end-of-text token included
     */
    Generated generate(TokenizedPrompt prompt, Sampling sampling, PieceSink sink);

    /** Takes the text of an answer piece by piece. Each piece is whole characters, maybe none. */
    @FunctionalInterface
    interface PieceSink {
        /**
         * Takes the next piece.
         *
         * @return whether to go on
         */
        boolean accept(String piece);
    }
}
