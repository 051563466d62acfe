package io.deepsuite.audit.query;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a page ends. On the wire: base64url of a version byte, 16 bytes of the SHA-256 of the filters, the time in microseconds since 1970, and the id. Not
 * signed: a forged token leads to another place in the same filtered list, nowhere else.
 *
 * @param occurredAt time of the page's last event
 * @param id its id
 */
record PageToken(Instant occurredAt, UUID id) {

    private static final byte VERSION = 1;
    private static final int DIGEST_BYTES = 16;
    private static final int LENGTH = 1 + DIGEST_BYTES + 3 * Long.BYTES;

    /** The token for pages of these filters. */
    String encode(AuditEventFilter filter) {
        var buffer = ByteBuffer.allocate(LENGTH)
                .put(VERSION)
                .put(digest(filter))
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, occurredAt))
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(buffer.array());
    }

    /** @throws DeepsuiteException {@link ErrorReason#PAGE_TOKEN_INVALID} if the text was not made by {@link #encode} for these filters */
    static PageToken decode(String text, AuditEventFilter filter) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException malformed) {
            throw invalid("not a page token", malformed);
        }
        if (bytes.length != LENGTH || bytes[0] != VERSION) {
            throw invalid("not a page token", null);
        }
        var buffer = ByteBuffer.wrap(bytes, 1, LENGTH - 1);
        var digest = new byte[DIGEST_BYTES];
        buffer.get(digest);
        if (!Arrays.equals(digest, digest(filter))) {
            throw invalid("made for other filters", null);
        }
        return new PageToken(
                Instant.EPOCH.plus(buffer.getLong(), ChronoUnit.MICROS), new UUID(buffer.getLong(), buffer.getLong()));
    }

    private static byte[] digest(AuditEventFilter filter) {
        try {
            var full = MessageDigest.getInstance("SHA-256")
                    .digest(filter.canonical().getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(full, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static DeepsuiteException invalid(String why, @Nullable Throwable cause) {
        return new DeepsuiteException(
                ErrorReason.PAGE_TOKEN_INVALID,
                "pageToken: %s (expected: the nextPageToken of a page with the same filters)".formatted(why),
                Map.of("parameter", "pageToken"),
                cause);
    }
}
