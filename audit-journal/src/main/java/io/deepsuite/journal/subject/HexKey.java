package io.deepsuite.journal.subject;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** A key-encryption key as it stands in a file. */
final class HexKey {

    private static final int ID_BYTES = 8;
    private static final byte[] ID_LABEL = "deepsuite key-encryption key id v1".getBytes(StandardCharsets.US_ASCII);

    private HexKey() {}

    /** @throws IllegalArgumentException if it is not 64 hexadecimal digits; the message does not repeat them */
    static SecretKey parse(String hexadecimal) {
        byte[] key;
        try {
            key = HexFormat.of().parseHex(hexadecimal);
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("key: not hexadecimal (expected: 64 hexadecimal digits)");
        }
        if (key.length != DataKey.SECRET_BYTES) {
            throw new IllegalArgumentException(
                    "key: %d bytes (expected: %d)".formatted(key.length, DataKey.SECRET_BYTES));
        }
        try {
            return new SecretKeySpec(key, "AES");
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** The same key always has the same name, and the name says nothing about the key. */
    static String idOf(SecretKey key) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(ID_LABEL);
            return "kek-" + HexFormat.of().formatHex(Arrays.copyOf(digest.digest(key.getEncoded()), ID_BYTES));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
