package io.deepsuite.model.masking;

/** Text in which personal data has been masked. Only {@link MaskingService} makes it, and engines take nothing else: unmasked text cannot reach a model. */
public final class MaskedText {

    private final String value;

    MaskedText(String value) {
        this.value = value;
    }

    /** The text with its placeholders. */
    public String value() {
        return value;
    }

    /** Its length only; even masked text is the caller's. */
    @Override
    public String toString() {
        return "MaskedText[length=" + value.length() + "]";
    }
}
