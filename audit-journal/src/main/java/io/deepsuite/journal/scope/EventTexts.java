package io.deepsuite.journal.scope;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Makes texts fit for the audit store, whoever chose them. An event that the store puts aside leaves a gap in its source for good, so a text that is cut is better
 * than one that is refused.
 */
final class EventTexts {

    /** Longest text that the audit service stores, in bytes of UTF-8. */
    static final int MAX_TEXT_BYTES = 1024;

    /** Longest tenant that it stores. */
    static final int MAX_TENANT_BYTES = 256;

    private static final int MAX_ATTRIBUTE_LENGTH = 256;
    private static final int REPLACEMENT = 0xFFFD;

    private EventTexts() {}

    /** At most as much as is stored, cut between two characters; NUL and halves of characters are replaced. */
    static String text(String text) {
        return bounded(text, MAX_TEXT_BYTES);
    }

    /** The tenant; in the place of one that cannot be stored its hash, since a cut name could be that of another tenant, who would then see the event. */
    static String tenant(String tenant) {
        return bounded(tenant, MAX_TENANT_BYTES).equals(tenant) ? tenant : "sha256:" + sha256(tenant);
    }

    /** The value of an attribute: at most 256 characters, without NUL. */
    static String attribute(String value) {
        int end = Math.min(value.length(), MAX_ATTRIBUTE_LENGTH);
        boolean halved = end < value.length() && Character.isSurrogatePair(value.charAt(end - 1), value.charAt(end));
        return text(value.substring(0, halved ? end - 1 : end));
    }

    private static String bounded(String text, int maxBytes) {
        // a UTF-16 unit is at most three bytes of UTF-8, so short texts need no counting
        if (text.length() <= maxBytes / 3 && text.chars().allMatch(EventTexts::isPlain)) {
            return text;
        }
        var kept = new StringBuilder(Math.min(text.length(), maxBytes));
        int bytes = 0;
        for (int at = 0; at < text.length(); ) {
            int character = text.codePointAt(at);
            int shown = character == 0 || isHalf(character) ? REPLACEMENT : character;
            bytes += bytes(shown);
            if (bytes > maxBytes) {
                break;
            }
            kept.appendCodePoint(shown);
            at += Character.charCount(character);
        }
        return kept.toString();
    }

    private static boolean isPlain(int unit) {
        return unit != 0 && !isHalf(unit);
    }

    /** Whether it is one of the two units of a character. By itself it is none, and UTF-8 has no bytes for it. */
    private static boolean isHalf(int character) {
        return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    }

    private static int bytes(int character) {
        if (character < 0x80) {
            return 1;
        }
        if (character < 0x800) {
            return 2;
        }
        return character < Character.MIN_SUPPLEMENTARY_CODE_POINT ? 3 : 4;
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Java without SHA-256", e);
        }
    }
}
