package io.deepsuite.model.masking;

import io.deepsuite.servicekit.error.ErrorReason;
import java.util.List;

/** Data Prep as masking needs it, on behalf of the caller of the call that is being served. Both methods block. */
public interface DataPrep {

    /**
     * Replaces personal data by placeholders.
     *
     * <p>Fails with {@link ErrorReason#MASKING_UNAVAILABLE} when Data Prep does not answer, with {@link ErrorReason#PROMPT_TOO_LONG} when it takes no texts of
     * that size or number, and with {@link ErrorReason#TOKEN_INVALID} when it refuses the caller's token.
     */
    Reply mask(List<String> texts);

    /** Puts the values back. Fails as {@link #mask}. */
    String unmask(String text, Vault vault);

    /**
     * Masked texts.
     *
     * @param texts same number and order as asked
     * @param vault opaque mapping from placeholders to values
     * @param tokens placeholders that stand in the texts, such as {@code TEL-1001}
     * @param entityTypes kinds of what was masked: {@code EMAIL}
     */
    record Reply(List<String> texts, Vault vault, List<String> tokens, List<String> entityTypes) {
        public Reply {
            texts = List.copyOf(texts);
            tokens = List.copyOf(tokens);
            entityTypes = List.copyOf(entityTypes);
        }

        /** Names the kinds only; the texts are the caller's. */
        @Override
        public String toString() {
            return "Reply[entityTypes=" + entityTypes + "]";
        }
    }
}
