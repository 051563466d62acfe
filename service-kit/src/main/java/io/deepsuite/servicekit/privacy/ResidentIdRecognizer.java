package io.deepsuite.servicekit.privacy;

import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Resident identity numbers of GB 11643-1999: province, birth date, sequence and the ISO 7064 MOD 11-2 check character; 18 characters, whole or grouped
 * 6-8-4.
 */
final class ResidentIdRecognizer {

    private static final int BODY_DIGITS = 17;
    private static final int FIRST_BIRTH_YEAR = 1880;
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECK_CHARACTERS = "10X98765432";
    private static final ZoneOffset CHINA = ZoneOffset.ofHours(8);

    /** Codes of GB/T 2260, and 83 of residence permits for people from Taiwan. */
    private static final boolean[] PROVINCES = provinces(
            11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61,
            62, 63, 64, 65, 71, 81, 82, 83);

    private final InstantSource clock;

    ResidentIdRecognizer(InstantSource clock) {
        this.clock = clock;
    }

    /** Offset after the number that begins with the first group, or -1. */
    int end(CharSequence text, DigitGroups groups) {
        int last;
        if (groups.length(0) == BODY_DIGITS || groups.length(0) == BODY_DIGITS + 1) {
            last = 0;
        } else if (groups.hasLengths(0, 6, 8) && (groups.length(2) == 3 || groups.length(2) == 4)) {
            last = 2;
        } else {
            return -1;
        }
        int end = groups.end(last);
        char check;
        if (groups.digitsThrough(last) == BODY_DIGITS) {
            check = Character.toUpperCase(groups.after(last));
            if (check != 'X' || Folding.isDigit(Folding.at(text, end + 1))) {
                return -1;
            }
            end++;
        } else {
            check = (char) ('0' + groups.digit(BODY_DIGITS));
        }
        return isValid(groups, check) ? end : -1;
    }

    private boolean isValid(DigitGroups groups, char check) {
        if (!PROVINCES[number(groups, 0, 2)]) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < BODY_DIGITS; i++) {
            sum += groups.digit(i) * WEIGHTS[i];
        }
        return CHECK_CHARACTERS.charAt(sum % 11) == check && isBirthDate(groups);
    }

    private boolean isBirthDate(DigitGroups groups) {
        int year = number(groups, 6, 4);
        int month = number(groups, 10, 2);
        int day = number(groups, 12, 2);
        if (year < FIRST_BIRTH_YEAR || month < 1 || month > 12 || day < 1 || day > 31) {
            return false;
        }
        try {
            return !LocalDate.of(year, month, day).isAfter(LocalDate.ofInstant(clock.instant(), CHINA));
        } catch (DateTimeException _) {
            return false;
        }
    }

    private static int number(DigitGroups groups, int from, int count) {
        int value = 0;
        for (int i = from; i < from + count; i++) {
            value = value * 10 + groups.digit(i);
        }
        return value;
    }

    private static boolean[] provinces(int... codes) {
        var valid = new boolean[100];
        for (int code : codes) {
            valid[code] = true;
        }
        return valid;
    }
}
