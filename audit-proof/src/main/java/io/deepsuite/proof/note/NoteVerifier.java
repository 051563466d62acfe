package io.deepsuite.proof.note;

import java.security.PublicKey;

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

    private static final byte ED25519 = 1;

    /**
     * A key under a name.
     *
     * @throws NoteException when the key is not Ed25519 or the name has a space or plus sign
     */
    public static NoteVerifier of(String name, PublicKey key) {
        return new NoteVerifier(name, Ed25519Key.id(name, ED25519, key), key);
    }

    /**
     * Reads the text form.
     *
     * @throws NoteException naming the part that is wrong
     */
    public static NoteVerifier parse(String text) {
        var named = Ed25519Key.parse(text, ED25519);
        return of(named.name(), named.key());
    }

    /** The text form. */
    public String toText() {
        return Ed25519Key.toText(name, ED25519, publicKey);
    }

    boolean verifies(byte[] message, byte[] signature) {
        return Ed25519Key.verifies(publicKey, message, signature);
    }
}
