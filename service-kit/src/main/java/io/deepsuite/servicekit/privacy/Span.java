package io.deepsuite.servicekit.privacy;

/**
 * Place of one piece of personal data in a text.
 *
 * @param type what it is
 * @param start UTF-16 offset of its first character
 * @param end UTF-16 offset after its last character
 */
public record Span(EntityType type, int start, int end) {

    public Span {
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException("span: %d to %d (expected: 0 <= start < end)".formatted(start, end));
        }
    }

    /** UTF-16 units, at least 1. */
    public int length() {
        return end - start;
    }
}
