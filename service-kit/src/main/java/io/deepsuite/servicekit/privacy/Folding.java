package io.deepsuite.servicekit.privacy;

/**
 * Sees characters as their plain ASCII forms: full-width forms (U+FF01 to U+FF5E), the spaces and the hyphens that stand between digits. Everything else
 * outside ASCII, CJK text above all, is itself, and so is no letter, digit or separator here.
 */
final class Folding {

    private static final int FULL_WIDTH_OFFSET = 0xFEE0;

    private Folding() {}

    static char fold(char c) {
        if (c < 0x80) {
            return c;
        }
        if (c >= 0xFF01 && c <= 0xFF5E) {
            return (char) (c - FULL_WIDTH_OFFSET);
        }
        return switch (c) {
            // no-break space, thin space, narrow no-break space, ideographic space
            case 0x00A0, 0x2009, 0x202F, 0x3000 -> ' ';
            // hyphen, non-breaking hyphen, figure dash, en dash, minus sign
            case 0x2010, 0x2011, 0x2012, 0x2013, 0x2212 -> '-';
            default -> c;
        };
    }

    /** Folded character at an offset; NUL before the first and after the last one. */
    static char at(CharSequence text, int index) {
        return index >= 0 && index < text.length() ? fold(text.charAt(index)) : '\0';
    }

    static boolean isDigit(char folded) {
        return folded >= '0' && folded <= '9';
    }

    static boolean isLetter(char folded) {
        return (folded >= 'a' && folded <= 'z') || (folded >= 'A' && folded <= 'Z');
    }

    static boolean isLetterOrDigit(char folded) {
        return isDigit(folded) || isLetter(folded);
    }

    static boolean isHexLetter(char folded) {
        return (folded >= 'a' && folded <= 'f') || (folded >= 'A' && folded <= 'F');
    }

    static boolean isSeparator(char folded) {
        return folded == ' ' || folded == '-';
    }
}
