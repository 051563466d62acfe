package io.deepsuite.model.masking;

import io.deepsuite.servicekit.privacy.PlaceholderBuffer;

/**
 * Restores the values in an answer as it streams. A placeholder that falls across pieces is held back until it is whole, at most 8 characters. Data Prep is
 * asked only for pieces in which a placeholder of this call stands. One answer, one thread at a time.
 */
public final class AnswerRestorer {

    private final DataPrep dataPrep;
    private final DataPrep.Reply masked;
    private final PlaceholderBuffer buffer = new PlaceholderBuffer();

    AnswerRestorer(DataPrep dataPrep, DataPrep.Reply masked) {
        this.dataPrep = dataPrep;
        this.masked = masked;
    }

    /**
     * Takes the next piece of the answer.
     *
     * @return restored text to pass on, maybe empty. Fails as {@link DataPrep#unmask}
     */
    public String add(String piece) {
        return masked.tokens().isEmpty() ? piece : restored(buffer.add(piece));
    }

    /**
     * Ends the answer.
     *
     * @return what was held back, maybe empty. Fails as {@link DataPrep#unmask}
     */
    public String finish() {
        return masked.tokens().isEmpty() ? "" : restored(buffer.finish());
    }

    private String restored(String text) {
        return masked.tokens().stream().anyMatch(text::contains) ? dataPrep.unmask(text, masked.vault()) : text;
    }
}
