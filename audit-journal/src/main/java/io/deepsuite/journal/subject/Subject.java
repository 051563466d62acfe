package io.deepsuite.journal.subject;

import java.util.HexFormat;

/**
 * A person in a tenant, without a name.
 *
 * @param tenant tenant of the person
 * @param hmac HMAC-SHA-256 of tenant and actor id under the installation's key, 64 lower-case hexadecimal characters
 */
public record Subject(String tenant, String hmac) {

    byte[] hmacBytes() {
        return HexFormat.of().parseHex(hmac);
    }
}
