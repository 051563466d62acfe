package io.deepsuite.servicekit.privacy;

/**
 * Tells a number from a stretch of something else, by what stands around it: a hexadecimal digest, the fraction of a decimal number, an amount of money.
 * Remembers the hexadecimal word it has measured last, so that many candidates in one word cost one pass over it. One text, candidates from left to right.
 */
final class NumberSurroundings {

    private static final int MIN_DIGEST = 16;
    private static final int UUID_NODE = 12;

    private final CharSequence text;
    private int wordEnd = -1;
    private boolean wordIsDigest;

    NumberSurroundings(CharSequence text) {
        this.text = text;
    }

    /** Whether a number at this place can be one of its own. Digits do not touch it, the scanner sees to that. */
    boolean allow(EntityType type, int start, int end) {
        char before = Folding.at(text, start - 1);
        char after = Folding.at(text, end);
        if (type == EntityType.CHINESE_MOBILE_NUMBER && (before == '$' || before == '¥' || before == '￥')) {
            return false;
        }
        if (after == '.' && Folding.isDigit(Folding.at(text, end + 1))) {
            return false;
        }
        if (before == '.' && Folding.isDigit(Folding.at(text, start - 2)) && !isListIndex(type, start - 1)) {
            return false;
        }
        if (!Folding.isLetter(before) && !Folding.isLetter(after)) {
            return true;
        }
        boolean literal = (before == 'x' || before == 'X') && Folding.at(text, start - 2) == '0';
        return !literal && !isDigest(start);
    }

    /**
     * Whether the digits before the dot number an entry of a list ({@code 1.138…}) instead of being the whole part of a decimal number. Long fractions are
     * common where floating-point numbers are printed, and one in ten has a Luhn digit, so a card has to begin its line or follow other than ASCII.
     */
    private boolean isListIndex(EntityType type, int dot) {
        int start = dot;
        while (dot - start < 3 && Folding.isDigit(Folding.at(text, start - 1))) {
            start--;
        }
        if (dot - start > 2 || Folding.at(text, start) == '0') {
            return false;
        }
        char before = Folding.at(text, start - 1);
        return type != EntityType.BANK_CARD || before == '\0' || before == '\n' || before >= 0x80;
    }

    /** Whether the word of ASCII letters and digits around {@code start} is hexadecimal, and as long as a digest or the last group of a UUID. */
    private boolean isDigest(int start) {
        if (start < wordEnd) {
            return wordIsDigest;
        }
        boolean hexadecimal = true;
        int from = start;
        while (Folding.isLetterOrDigit(Folding.at(text, from - 1))) {
            from--;
            hexadecimal &= isHexadecimal(Folding.at(text, from));
        }
        int to = start;
        while (Folding.isLetterOrDigit(Folding.at(text, to))) {
            hexadecimal &= isHexadecimal(Folding.at(text, to));
            to++;
        }
        wordEnd = to;
        wordIsDigest = hexadecimal && (to - from >= MIN_DIGEST || (to - from == UUID_NODE && follows(from)));
        return wordIsDigest;
    }

    /** Whether a hyphen joins the word at {@code from} to another. */
    private boolean follows(int from) {
        return Folding.at(text, from - 1) == '-' && Folding.isLetterOrDigit(Folding.at(text, from - 2));
    }

    private static boolean isHexadecimal(char c) {
        return Folding.isDigit(c) || Folding.isHexLetter(c);
    }
}
