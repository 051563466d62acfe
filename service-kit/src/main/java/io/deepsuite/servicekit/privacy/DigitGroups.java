package io.deepsuite.servicekit.privacy;

/**
 * The digit groups that begin at one place of a text, such as {@code 138 1234 5678}: runs of digits with exactly one space or hyphen between them. Reads a
 * bounded number of characters, however long the text goes on in this way, so that looking ahead from every group stays linear.
 */
final class DigitGroups {

    private static final int MAX_GROUPS = 5;
    private static final int MAX_DIGITS = 20;

    private final byte[] digits = new byte[MAX_DIGITS];
    private final int[] ends = new int[MAX_GROUPS];
    private final int[] digitEnds = new int[MAX_GROUPS];
    private final char[] separators = new char[MAX_GROUPS];
    private int count;

    /** Reads the groups from {@code start}, the first digit of a run. Groups that would pass the bounds are left out. */
    void read(CharSequence text, int start) {
        count = 0;
        int index = start;
        int digitCount = 0;
        while (count < MAX_GROUPS) {
            char c = Folding.at(text, index);
            while (Folding.isDigit(c)) {
                if (digitCount == MAX_DIGITS) {
                    return;
                }
                digits[digitCount++] = (byte) (c - '0');
                c = Folding.at(text, ++index);
            }
            ends[count] = index;
            digitEnds[count] = digitCount;
            separators[count] = c;
            count++;
            if (!Folding.isSeparator(c) || !Folding.isDigit(Folding.at(text, index + 1))) {
                return;
            }
            index++;
        }
    }

    /** Digits of a group; 0 when there is no such group. */
    int length(int group) {
        if (group >= count) {
            return 0;
        }
        return group == 0 ? digitEnds[0] : digitEnds[group] - digitEnds[group - 1];
    }

    boolean hasLengths(int from, int first, int second) {
        return length(from) == first && length(from + 1) == second;
    }

    /** Offset in the text after a group. */
    int end(int group) {
        return ends[group];
    }

    /** Digits up to and with a group. */
    int digitsThrough(int group) {
        return digitEnds[group];
    }

    /** Folded character after a group: a separator when another group follows. */
    char after(int group) {
        return separators[group];
    }

    /** One digit by its place among the digits of all groups. */
    int digit(int index) {
        return digits[index];
    }
}
