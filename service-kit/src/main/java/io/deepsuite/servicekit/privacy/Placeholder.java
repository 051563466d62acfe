package io.deepsuite.servicekit.privacy;

import org.jspecify.annotations.Nullable;

/**
 * What stands in a text for a piece of personal data.
 *
 * @param type what it stands for
 * @param number four digits, 0 to 9999
 */
public record Placeholder(EntityType type, int number) {

    public Placeholder {
        if (number < 0 || number > PlaceholderGrammar.LAST_NUMBER) {
            throw new IllegalArgumentException(
                    "number: %d (expected: 0 to %d)".formatted(number, PlaceholderGrammar.LAST_NUMBER));
        }
    }

    /** As it stands in the text: {@code TEL-1001}. */
    public String token() {
        var token = new StringBuilder(PlaceholderGrammar.TOKEN_LENGTH);
        token.append(type.placeholderPrefix()).append('-');
        for (int unit = 1000; unit > 0; unit /= 10) {
            token.append((char) ('0' + number / unit % 10));
        }
        return token.toString();
    }

    /** Written out: that of a record is interpreted in an executable, part by part, and takes hundreds of times as long. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Placeholder that && number == that.number && type == that.type;
    }

    /**
     * A placeholder and its place in a text.
     *
     * @param placeholder what stands there
     * @param start UTF-16 offset of its first character; it is {@link PlaceholderGrammar#TOKEN_LENGTH} long
     */
    public record Occurrence(Placeholder placeholder, int start) {

        /** UTF-16 offset after its last character. */
        public int end() {
            return start + PlaceholderGrammar.TOKEN_LENGTH;
        }
    }
}
