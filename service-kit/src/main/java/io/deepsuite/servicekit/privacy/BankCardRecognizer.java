package io.deepsuite.servicekit.privacy;

/**
 * Payment card numbers of ISO/IEC 7812: 12 to 19 digits with a Luhn digit, beginning as the schemes in use do; whole, in groups of four, or grouped as
 * printed on some cards (4-6-5, 6-13), with the same separator throughout.
 */
final class BankCardRecognizer {

    private static final int MIN_DIGITS = 12;
    private static final int MAX_DIGITS = 19;

    private BankCardRecognizer() {}

    /** Offset after the longest card number that begins with the first group, at {@code start}, or -1. */
    static int end(CharSequence text, int start, DigitGroups groups) {
        int first = groups.length(0);
        if (first >= MIN_DIGITS && first <= MAX_DIGITS) {
            return isCard(groups, first) ? groups.end(0) : -1;
        }
        if (groups.hasLengths(0, 6, 13)) {
            return endOfGroups(text, start, groups, 1);
        }
        if (first != 4) {
            return -1;
        }
        if (groups.hasLengths(1, 6, 5)) {
            return endOfGroups(text, start, groups, 2);
        }
        return endOfFours(text, start, groups);
    }

    /** Longest of 4-4-4-4-3 down to 4-4-4. */
    private static int endOfFours(CharSequence text, int start, DigitGroups groups) {
        int fours = 1;
        while (fours < 4 && groups.length(fours) == 4) {
            fours++;
        }
        for (int last = fours; last >= 2; last--) {
            int tail = groups.length(last);
            if (tail == 0 || tail > 4) {
                continue;
            }
            int end = endOfGroups(text, start, groups, last);
            if (end > 0) {
                return end;
            }
        }
        return -1;
    }

    private static int endOfGroups(CharSequence text, int start, DigitGroups groups, int last) {
        char separator = groups.after(0);
        for (int i = 1; i < last; i++) {
            if (groups.after(i) != separator) {
                return -1;
            }
        }
        int end = groups.end(last);
        if (!isCard(groups, groups.digitsThrough(last)) || continues(text, start, end, separator)) {
            return -1;
        }
        return end;
    }

    /** Whether the groups are a stretch of something longer: a UUID or serial number with hyphens, a table of numbers with spaces. */
    private static boolean continues(CharSequence text, int start, int end, char separator) {
        if (separator == '-') {
            return (Folding.at(text, start - 1) == '-' && Folding.isLetterOrDigit(Folding.at(text, start - 2)))
                    || (Folding.at(text, end) == '-' && Folding.isLetterOrDigit(Folding.at(text, end + 1)));
        }
        int neighbours = 0;
        for (int i = 0; i < 2 && isSpacedFour(text, start - 5 * (i + 1), start - 5 * i - 1); i++) {
            neighbours++;
        }
        for (int i = 0; i < 2 && isSpacedFour(text, end + 5 * i + 1, end + 5 * i); i++) {
            neighbours++;
        }
        return neighbours >= 2;
    }

    /** Whether four digits stand at {@code from}, with a space at {@code space}. */
    private static boolean isSpacedFour(CharSequence text, int from, int space) {
        if (Folding.at(text, space) != ' ') {
            return false;
        }
        for (int i = from; i < from + 4; i++) {
            if (!Folding.isDigit(Folding.at(text, i))) {
                return false;
            }
        }
        return !Folding.isDigit(Folding.at(text, from - 1)) && !Folding.isDigit(Folding.at(text, from + 4));
    }

    private static boolean isCard(DigitGroups groups, int length) {
        return length >= MIN_DIGITS && length <= MAX_DIGITS && isIssued(groups, length) && hasLuhnDigit(groups, length);
    }

    /** Whether a scheme in use issues numbers of this length with this beginning. */
    private static boolean isIssued(DigitGroups groups, int length) {
        int two = groups.digit(0) * 10 + groups.digit(1);
        int four = two * 100 + groups.digit(2) * 10 + groups.digit(3);
        return switch (groups.digit(0)) {
            case 2 -> length == 16 && four >= 2221 && four <= 2720;
            case 3 ->
                switch (two) {
                    case 34, 37 -> length == 15;
                    case 35 -> length >= 16 && four >= 3528 && four <= 3589;
                    case 30, 36, 38, 39 -> length == 14 || length >= 16;
                    default -> false;
                };
            case 4 -> length == 13 || length == 16 || length >= 18;
            case 5 -> (two >= 51 && two <= 55) ? length >= 16 : two != 59;
            // 12 to 15 digits only where Maestro issues them: 690 to 699 begin the 13-digit article numbers of China
            case 6 -> length >= 16 || two == 60 || two == 63 || two == 67;
            case 8 -> two == 81 && length >= 16;
            case 9 -> four == 9558 && length >= 16;
            default -> false;
        };
    }

    private static boolean hasLuhnDigit(DigitGroups groups, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            int digit = groups.digit(length - 1 - i);
            int weighted = (i & 1) == 0 ? digit : digit * 2;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return sum % 10 == 0;
    }
}
