package io.deepsuite.servicekit.privacy;

import org.jspecify.annotations.Nullable;

/**
 * E-mail addresses around an at sign: the unquoted local part of RFC 5321 in its usual alphabet, and a domain name whose last label is alphabetic or
 * punycode. Both directions are bounded by the protocol's lengths.
 */
final class EmailRecognizer {

    private static final int MAX_LOCAL = 64;
    private static final int MAX_DOMAIN = 255;
    private static final int MAX_LABEL = 63;

    /** Longest address, in UTF-16 units. */
    static final int MAX_LENGTH = MAX_LOCAL + 1 + MAX_DOMAIN;

    private EmailRecognizer() {}

    /** The address around the at sign at {@code at}, or null. */
    static @Nullable Span find(CharSequence text, int at) {
        int start = localStart(text, at);
        if (start == at) {
            return null;
        }
        int end = domainEnd(text, at);
        return end < 0 ? null : new Span(EntityType.EMAIL, start, end);
    }

    /** First offset of the local part; {@code at} when there is none. */
    private static int localStart(CharSequence text, int at) {
        if (Folding.at(text, at - 1) == '.') {
            return at;
        }
        int start = at;
        while (isLocal(Folding.at(text, start - 1))) {
            start--;
            if (at - start > MAX_LOCAL) {
                return at;
            }
            if (Folding.at(text, start) == '.' && Folding.at(text, start + 1) == '.') {
                break;
            }
        }
        while (start < at && isLeadingPunctuation(Folding.at(text, start))) {
            start++;
        }
        return start;
    }

    /** Offset after the longest domain name that follows, or -1. */
    private static int domainEnd(CharSequence text, int at) {
        int limit = Math.min(text.length(), at + 1 + MAX_DOMAIN);
        int best = -1;
        int labelStart = at + 1;
        while (true) {
            int labelEnd = labelStart;
            while (labelEnd < limit && isLabel(Folding.at(text, labelEnd))) {
                labelEnd++;
            }
            int length = labelEnd - labelStart;
            if (length == 0 || length > MAX_LABEL || Folding.at(text, labelStart) == '-') {
                return best;
            }
            if (labelStart > at + 1) {
                best = Math.max(best, topLevelEnd(text, labelStart, labelEnd));
            }
            if (Folding.at(text, labelEnd) != '.' || labelEnd + 1 >= limit) {
                return best;
            }
            labelStart = labelEnd + 1;
        }
    }

    /** Offset after the label if it can be the last one, or after its letters when a hyphen follows them; -1 if neither. */
    private static int topLevelEnd(CharSequence text, int start, int end) {
        int letters = start;
        while (letters < end && Folding.isLetter(Folding.at(text, letters))) {
            letters++;
        }
        if (letters - start < 2) {
            return -1;
        }
        boolean punycode = letters - start == 2
                && end - start > 4
                && Character.toLowerCase(Folding.at(text, start)) == 'x'
                && Character.toLowerCase(Folding.at(text, start + 1)) == 'n'
                && Folding.at(text, start + 2) == '-'
                && Folding.at(text, start + 3) == '-'
                && Folding.at(text, end - 1) != '-';
        if (letters == end || punycode) {
            return end;
        }
        return Folding.at(text, letters) == '-' ? letters : -1;
    }

    private static boolean isLocal(char c) {
        return Folding.isLetterOrDigit(c) || c == '_' || c == '+' || isLeadingPunctuation(c);
    }

    private static boolean isLeadingPunctuation(char c) {
        return c == '.' || c == '-' || c == '%' || c == '\'';
    }

    private static boolean isLabel(char c) {
        return Folding.isLetterOrDigit(c) || c == '-';
    }
}
