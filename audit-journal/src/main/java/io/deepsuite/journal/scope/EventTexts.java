package io.deepsuite.journal.scope;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
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
    private static final String REPLACEMENT = "\uFFFD";

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
        var bytes = ByteBuffer.allocate(maxBytes);
        // ends before the first character that has no room
        StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .replaceWith(REPLACEMENT.getBytes(StandardCharsets.UTF_8))
                .encode(CharBuffer.wrap(text.replace("\0", REPLACEMENT)), bytes, true);
        return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
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
