package io.deepsuite.model.hashing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keyed hash of inputs: HMAC-SHA-256 (RFC 2104) under a key of the tenant, so that nobody without the key can find a short input by guessing, and nobody sees
 * that two tenants asked the same. The tenant's key is HKDF-Expand (RFC 5869, section 2.3) of the master key, one block, with the info
 * {@code deepsuite input hmac v1 <tenant>}.
 */
public final class InputHasher {

    /** Bytes of the master key. */
    static final int KEY_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final String INFO = "deepsuite input hmac v1 ";
    private static final int KEY_ID_BYTES = 8;

    private final byte[] masterKey;
    private final String keyId;

    /** @param masterKey 32 random bytes */
    public InputHasher(byte[] masterKey) {
        if (masterKey.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "key length: %d bytes (expected: %d)".formatted(masterKey.length, KEY_BYTES));
        }
        this.masterKey = masterKey.clone();
        var fingerprint = Digests.sha256(hmac(this.masterKey, "deepsuite key id v1".getBytes(StandardCharsets.UTF_8)));
        this.keyId = "hmac-" + HexFormat.of().formatHex(Arrays.copyOf(fingerprint, KEY_ID_BYTES));
    }

    /** Name of the master key; the same key always has the same name, and the name says nothing about the key. */
    public String keyId() {
        return keyId;
    }

    /** HMAC-SHA-256 of the input under the tenant's key, 64 lower-case hexadecimal characters. */
    public String hash(String tenant, byte[] input) {
        var info = (INFO + tenant).getBytes(StandardCharsets.UTF_8);
        var block = Arrays.copyOf(info, info.length + 1);
        block[info.length] = 1;
        return HexFormat.of().formatHex(hmac(hmac(masterKey, block), input));
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(message);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, impossible);
        }
    }
}
