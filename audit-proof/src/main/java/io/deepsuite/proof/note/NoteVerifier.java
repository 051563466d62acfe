package io.deepsuite.proof.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A public key that signs notes, by name.
 *
 * <p>Text form: {@code <name>+<key id, 8 hexadecimal digits>+<base64 of algorithm byte and key>}. Source: C2SP signed-note.
 *
 * @param name name of the key, without spaces and plus signs
 * @param keyId first four bytes of SHA-256(name, line feed, algorithm byte, key), big-endian
 * @param publicKey Ed25519 key
 */
public record NoteVerifier(String name, int keyId, PublicKey publicKey) {

    static final byte ED25519 = 1;
    private static final int KEY_LENGTH = 32;
    /** DER of SubjectPublicKeyInfo before an Ed25519 key. Source: RFC 8410, section 4. */
    private static final byte[] DER_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    /**
     * A key under a name.
     *
     * @throws NoteException when the key is not Ed25519 or the name has a space or plus sign
     */
    public static NoteVerifier of(String name, PublicKey key) {
        byte[] der = key.getEncoded();
        if (der.length != DER_PREFIX.length + KEY_LENGTH
                || !Arrays.equals(der, 0, DER_PREFIX.length, DER_PREFIX, 0, DER_PREFIX.length)) {
            throw new NoteException("key algorithm: %s (expected: Ed25519)".formatted(key.getAlgorithm()));
        }
        checkName(name);
        return new NoteVerifier(name, keyId(name, raw(key)), key);
    }

    /**
     * Reads the text form.
     *
     * @throws NoteException naming the part that is wrong
     */
    public static NoteVerifier parse(String text) {
        String[] parts = text.strip().split("\\+", 3);
        if (parts.length != 3) {
            throw new NoteException("verifier key: %d parts (expected: name+id+key)".formatted(parts.length));
        }
        byte[] tagged = decode(parts[2]);
        if (tagged.length != KEY_LENGTH + 1 || tagged[0] != ED25519) {
            throw new NoteException("verifier key: not an Ed25519 key of %d bytes".formatted(KEY_LENGTH));
        }
        var verifier = of(parts[0], publicKey(Arrays.copyOfRange(tagged, 1, tagged.length)));
        String expected = HexFormat.of().toHexDigits(verifier.keyId);
        if (!expected.equals(parts[1])) {
            throw new NoteException("verifier key id: %s (expected: %s)".formatted(parts[1], expected));
        }
        return verifier;
    }

    /** The text form. */
    public String toText() {
        byte[] tagged = ByteBuffer.allocate(KEY_LENGTH + 1)
                .put(ED25519)
                .put(raw(publicKey))
                .array();
        return "%s+%s+%s"
                .formatted(
                        name,
                        HexFormat.of().toHexDigits(keyId),
                        Base64.getEncoder().encodeToString(tagged));
    }

    boolean verifies(byte[] message, byte[] signature) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(publicKey);
            ed25519.update(message);
            return ed25519.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    private static void checkName(String name) {
        if (name.isEmpty() || name.indexOf('+') >= 0 || name.chars().anyMatch(Character::isWhitespace)) {
            throw new NoteException("key name: '%s' (expected: no spaces, no plus signs, not empty)".formatted(name));
        }
    }

    private static int keyId(String name, byte[] raw) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n');
            digest.update(ED25519);
            return ByteBuffer.wrap(digest.digest(raw)).getInt();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static byte[] raw(PublicKey key) {
        byte[] der = key.getEncoded();
        return Arrays.copyOfRange(der, DER_PREFIX.length, der.length);
    }

    private static PublicKey publicKey(byte[] raw) {
        byte[] der = ByteBuffer.allocate(DER_PREFIX.length + KEY_LENGTH)
                .put(DER_PREFIX)
                .put(raw)
                .array();
        try {
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw new NoteException("verifier key: not a point of the curve", e);
        }
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new NoteException("verifier key: not base64", e);
        }
    }
}
