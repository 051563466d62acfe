package io.deepsuite.dataprep.masking;

import java.util.List;

/**
 * Texts without personal data, and what was taken out of them.
 *
 * @param texts as many and in the same order as the texts that were masked
 * @param values what the placeholders stand for, in order of their numbers
 */
record MaskedText(List<String> texts, List<MaskedValue> values) {

    MaskedText {
        texts = List.copyOf(texts);
        values = List.copyOf(values);
    }
}
