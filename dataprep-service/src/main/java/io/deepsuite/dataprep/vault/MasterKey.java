package io.deepsuite.dataprep.vault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * One line of the key file.
 *
 * @param id first four bytes of a hash of the key, as a number: names the key in the vaults it seals
 * @param secret 32 bytes from which the keys of vaults are derived
 */
record MasterKey(int id, SecretKey secret) {

    private static final int KEY_BYTES = 32;
    private static final byte[] ID_LABEL = "deepsuite.dataprep.master-key-id.v1\0".getBytes(StandardCharsets.US_ASCII);

    /** @throws IllegalArgumentException if it is not 64 hexadecimal digits; the message does not repeat them */
    static MasterKey parse(String hexadecimal) {
        byte[] key;
        try {
            key = HexFormat.of().parseHex(hexadecimal);
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("key: not hexadecimal (expected: 64 hexadecimal digits)");
        }
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("key: %d bytes (expected: %d)".formatted(key.length, KEY_BYTES));
        }
        try {
            return new MasterKey(idOf(key), new SecretKeySpec(key, "HKDF-SHA256"));
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static int idOf(byte[] key) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(ID_LABEL);
            return ByteBuffer.wrap(digest.digest(key)).getInt();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "MasterKey[id=%08x]".formatted(id);
    }
}
