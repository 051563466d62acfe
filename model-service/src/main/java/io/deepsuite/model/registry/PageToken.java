package io.deepsuite.model.registry;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Where a list goes on. On the wire it is opaque: base64url of list, last key and a checksum, so that a token of another list or a mistyped one is refused.
 *
 * @param list the list it belongs to, with its filters: {@code models}, {@code models/tiny-translate/versions}
 * @param after key of the last item seen
 */
record PageToken(String list, String after) {

    private static final String SEPARATOR = "\n";

    String encoded() {
        var body = list + SEPARATOR + after;
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((body + SEPARATOR + checksum(body)).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a token of {@code list}.
     *
     * @return the key to go on after; empty for an empty token
     * @throws DeepsuiteException {@link ErrorReason#PAGE_TOKEN_INVALID} if it is not one, or of another list
     */
    static String after(String list, String token) {
        if (token.isEmpty()) {
            return "";
        }
        var parts = decoded(token).split(SEPARATOR, -1);
        if (parts.length != 3
                || !parts[0].equals(list)
                || !parts[2].equals(checksum(parts[0] + SEPARATOR + parts[1]))) {
            throw invalid();
        }
        return parts[1];
    }

    private static String decoded(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw invalid();
        }
    }

    private static String checksum(String body) {
        var crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }

    private static DeepsuiteException invalid() {
        return new DeepsuiteException(
                ErrorReason.PAGE_TOKEN_INVALID,
                "page_token: not a token of this list (expected: next_page_token of the previous page)",
                Map.of("field", "page_token"));
    }
}
