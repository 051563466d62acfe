package io.deepsuite.journal.subject;

import io.deepsuite.servicekit.time.UuidV7;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of a subject.
 *
 * @param id names the key in the events that it seals
 * @param secret AES-256 key
 */
public record DataKey(UUID id, SecretKey secret) {

    /** Bytes of the secret. */
    static final int SECRET_BYTES = 32;

    /** A new key that nobody else has. Its id tells when it was made, so that the keys of a time lie together where they are looked for by id. */
    public static DataKey create(InstantSource clock, SecureRandom random) {
        var secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        try {
            return new DataKey(UuidV7.next(clock), new SecretKeySpec(secret, "AES"));
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    @Override
    public String toString() {
        return "DataKey[id=%s]".formatted(id);
    }
}
