package io.deepsuite.model.masking;

import java.util.List;

/**
 * The texts of one call after masking.
 *
 * @param texts same number and order as the caller's
 * @param entityTypes kinds of what was masked, sorted, each once
 * @param restorer puts the values back into the answer of this call
 */
public record MaskedInput(List<MaskedText> texts, List<String> entityTypes, AnswerRestorer restorer) {

    public MaskedInput {
        texts = List.copyOf(texts);
        entityTypes = List.copyOf(entityTypes);
    }
}
