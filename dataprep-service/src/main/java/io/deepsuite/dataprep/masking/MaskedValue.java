package io.deepsuite.dataprep.masking;

import io.deepsuite.servicekit.privacy.Placeholder;

/**
 * One value that was taken out of texts.
 *
 * @param placeholder what stands for it
 * @param value the value as it was written
 * @param occurrences how often, at least 1
 */
record MaskedValue(Placeholder placeholder, String value, int occurrences) {

    @Override
    public String toString() {
        return "MaskedValue[%s, occurrences=%d]".formatted(placeholder.token(), occurrences);
    }
}
