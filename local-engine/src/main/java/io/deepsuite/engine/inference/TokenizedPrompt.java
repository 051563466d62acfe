package io.deepsuite.engine.inference;

import java.util.Arrays;

/** A prompt as the model reads it: template, begin-of-text token and content. */
public final class TokenizedPrompt {

    private final int[] ids;

    /**
     * Takes a copy.
     *
     * @param ids token ids, at least one
     */
    public TokenizedPrompt(int[] ids) {
        if (ids.length == 0) {
            throw new IllegalArgumentException("tokens: 0 (expected: at least 1)");
        }
        this.ids = ids.clone();
    }

    /** Number of tokens. */
    public int length() {
        return ids.length;
    }

    /** The ids as a JSON array. */
    public String toJson() {
        return Arrays.toString(ids);
    }

    @Override
    public String toString() {
        return "TokenizedPrompt[%d tokens]".formatted(ids.length);
    }
}
