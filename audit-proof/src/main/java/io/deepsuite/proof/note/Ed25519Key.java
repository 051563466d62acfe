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
 * Ed25519 keys as C2SP signed-note writes and numbers them: {@code <name>+<key id, 8 hexadecimal digits>+<base64 of algorithm byte and key>}. The algorithm byte
 * tells what a key signs: notes, or cosignatures.
 */
final class Ed25519Key {

    private static final int LENGTH = 32;
    /** DER of SubjectPublicKeyInfo before an Ed25519 key. Source: RFC 8410, section 4. */
    private static final byte[] DER_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private Ed25519Key() {}

    /**
     * The first four bytes of SHA-256(name, line feed, algorithm byte, key), big-endian.
     *
     * @throws NoteException when the key is not Ed25519 or the name has a space or plus sign
     */
    static int id(String name, byte algorithm, PublicKey key) {
        byte[] raw = raw(key);
        if (name.isEmpty() || name.indexOf('+') >= 0 || name.chars().anyMatch(Character::isWhitespace)) {
            throw new NoteException("key name: '%s' (expected: no spaces, no plus signs, not empty)".formatted(name));
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n');
            digest.update(algorithm);
            return ByteBuffer.wrap(digest.digest(raw)).getInt();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** A key and its name, as read from the text form. */
    record Named(String name, PublicKey key) {}

    /**
     * Reads the text form.
     *
     * @param algorithm what the key has to be for
     * @throws NoteException naming the part that is wrong
     */
    static Named parse(String text, byte algorithm) {
        String[] parts = text.strip().split("\\+", 3);
        if (parts.length != 3) {
            throw new NoteException("verifier key: %d parts (expected: name+id+key)".formatted(parts.length));
        }
        byte[] tagged = decode(parts[2]);
        if (tagged.length != LENGTH + 1) {
            throw new NoteException("verifier key: not an Ed25519 key of %d bytes".formatted(LENGTH));
        }
        if (tagged[0] != algorithm) {
            throw new NoteException("verifier key algorithm: %d (expected: %d)".formatted(tagged[0], algorithm));
        }
        PublicKey key = publicKey(Arrays.copyOfRange(tagged, 1, tagged.length));
        String expected = HexFormat.of().toHexDigits(id(parts[0], algorithm, key));
        if (!expected.equals(parts[1])) {
            throw new NoteException("verifier key id: %s (expected: %s)".formatted(parts[1], expected));
        }
        return new Named(parts[0], key);
    }

    /** Writes the text form. */
    static String toText(String name, byte algorithm, PublicKey key) {
        byte[] tagged =
                ByteBuffer.allocate(LENGTH + 1).put(algorithm).put(raw(key)).array();
        return "%s+%s+%s"
                .formatted(
                        name,
                        HexFormat.of().toHexDigits(id(name, algorithm, key)),
                        Base64.getEncoder().encodeToString(tagged));
    }

    static boolean verifies(PublicKey key, byte[] message, byte[] signature) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(key);
            ed25519.update(message);
            return ed25519.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    private static byte[] raw(PublicKey key) {
        byte[] der = key.getEncoded();
        if (der.length != DER_PREFIX.length + LENGTH
                || !Arrays.equals(der, 0, DER_PREFIX.length, DER_PREFIX, 0, DER_PREFIX.length)) {
            throw new NoteException("key algorithm: %s (expected: Ed25519)".formatted(key.getAlgorithm()));
        }
        return Arrays.copyOfRange(der, DER_PREFIX.length, der.length);
    }

    private static PublicKey publicKey(byte[] raw) {
        byte[] der = ByteBuffer.allocate(DER_PREFIX.length + LENGTH)
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
