package io.deepsuite.journal.subject;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/** AES-256-GCM with a random nonce: version (1 byte), nonce (12), ciphertext and tag (16). The version is authenticated with the context. */
final class SealedBytes {

    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int HEADER_BYTES = 1 + NONCE_BYTES;
    private static final int TAG_BYTES = 16;

    private SealedBytes() {}

    static byte[] seal(SecretKey key, byte[] context, byte[] plain, SecureRandom random) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, context);
            return ByteBuffer.allocate(HEADER_BYTES + plain.length + TAG_BYTES)
                    .put(VERSION)
                    .put(nonce)
                    .put(cipher.doFinal(plain))
                    .array();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has AES-256-GCM", impossible);
        }
    }

    /** @throws SealBrokenException if the bytes were not sealed with this key for this context */
    static byte[] open(SecretKey key, byte[] context, byte[] sealed) throws SealBrokenException {
        if (sealed.length < HEADER_BYTES + TAG_BYTES || sealed[0] != VERSION) {
            throw broken();
        }
        var nonce = new byte[NONCE_BYTES];
        System.arraycopy(sealed, 1, nonce, 0, NONCE_BYTES);
        try {
            return cipher(Cipher.DECRYPT_MODE, key, nonce, context)
                    .doFinal(sealed, HEADER_BYTES, sealed.length - HEADER_BYTES);
        } catch (GeneralSecurityException _) {
            throw broken();
        }
    }

    static SealBrokenException broken() {
        return new SealBrokenException("sealed bytes cannot be opened (expected: those sealed with this key)");
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] context)
            throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(new byte[] {VERSION});
        cipher.updateAAD(context);
        return cipher;
    }
}
