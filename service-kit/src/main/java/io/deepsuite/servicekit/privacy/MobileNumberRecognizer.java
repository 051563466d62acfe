package io.deepsuite.servicekit.privacy;

/** Mobile numbers of mainland China: 11 digits from 13 to 19, whole or grouped 3-4-4, after 86 or 0086 or without. */
final class MobileNumberRecognizer {

    private static final int NUMBER_DIGITS = 11;

    private MobileNumberRecognizer() {}

    /** Offset after the number that begins with the first group, or -1. */
    static int end(DigitGroups groups) {
        int countryCode = countryCodeDigits(groups);
        int inFirst = groups.length(0) - countryCode;
        int lead = groups.digit(countryCode);
        boolean own = inFirst == 0;
        int next = own ? 1 : 0;
        int size = own ? groups.length(1) : inFirst;
        int last;
        if (size == NUMBER_DIGITS) {
            last = next;
        } else if (size == 3 && groups.hasLengths(next + 1, 4, 4)) {
            last = next + 2;
        } else {
            return -1;
        }
        return lead == 1 && groups.digit(countryCode + 1) >= 3 ? groups.end(last) : -1;
    }

    /** Whether the number carries its country code, so that a plus sign before it belongs to it. */
    static boolean hasCountryCode(DigitGroups groups) {
        return countryCodeDigits(groups) == 2;
    }

    /** 2 for 86, 4 for 0086, 0 for none; only at lengths at which the rest can be a number or its first group. */
    private static int countryCodeDigits(DigitGroups groups) {
        return switch (groups.length(0)) {
            case 2, 5, 13 -> groups.digit(0) == 8 && groups.digit(1) == 6 ? 2 : 0;
            case 4, 7, 15 ->
                groups.digit(0) == 0 && groups.digit(1) == 0 && groups.digit(2) == 8 && groups.digit(3) == 6 ? 4 : 0;
            default -> 0;
        };
    }
}
