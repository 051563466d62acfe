package io.deepsuite.engine.inference;

import io.deepsuite.engine.error.Refusal;
import io.deepsuite.engine.error.RefusalReason;

/**
 * Finds runs of characters that a tokenizer's splitting rules take as one piece: letters and digits (Chinese ones too), blanks, or signs. Native
 * splitting recurses once per character of a run, so a long one overflows the stack and ends the process.
 */
public final class UnbrokenRuns {

    private UnbrokenRuns() {}

    /**
     * Refuses a text with a run that is too long.
     *
     * @param text any text
     * @param bound longest run allowed, characters
     * @throws Refusal {@link RefusalReason#RUN_TOO_LONG}, naming the length and the bound, never the text
     */
    public static void check(String text, int bound) {
        int longest = longest(text);
        if (longest > bound) {
            throw new Refusal(
                    RefusalReason.RUN_TOO_LONG,
                    "text has %d characters without a break (expected: at most %d)".formatted(longest, bound));
        }
    }

    /** Length of the longest run, characters. */
    static int longest(String text) {
        int longest = 0;
        int length = 0;
        Kind previous = Kind.BLANK;
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            Kind kind = Kind.of(character);
            length = kind == previous ? length + 1 : 1;
            previous = kind;
            longest = Math.max(longest, length);
        }
        return longest;
    }

    private enum Kind {
        BLANK,
        WORD,
        SIGN;

        static Kind of(int character) {
            if (Character.isWhitespace(character) || Character.isSpaceChar(character)) {
                return BLANK;
            }
            return switch (Character.getType(character)) {
                case Character.UPPERCASE_LETTER,
                        Character.LOWERCASE_LETTER,
                        Character.TITLECASE_LETTER,
                        Character.MODIFIER_LETTER,
                        Character.OTHER_LETTER,
                        Character.NON_SPACING_MARK,
                        Character.ENCLOSING_MARK,
                        Character.COMBINING_SPACING_MARK,
                        Character.DECIMAL_DIGIT_NUMBER,
                        Character.LETTER_NUMBER,
                        Character.OTHER_NUMBER -> WORD;
                default -> SIGN;
            };
        }
    }
}
