package io.deepsuite.proof.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Optional;

/**
 * A public key of a witness: it co-signs checkpoints that it found to continue those it saw before, and says when.
 *
 * <p>Text form as of other keys, with algorithm byte 4. Source: C2SP tlog-cosignature, Ed25519.
 *
 * @param name name of the witness, without spaces and plus signs
 * @param keyId first four bytes of SHA-256(name, line feed, 4, key), big-endian
 * @param publicKey Ed25519 key; used for nothing else
 */
public record WitnessKey(String name, int keyId, PublicKey publicKey) {

    static final byte COSIGNATURE = 4;
    private static final int SIGNATURE_LENGTH = 64;

    /**
     * A key under a name.
     *
     * @throws NoteException when the key is not Ed25519 or the name has a space or plus sign
     */
    public static WitnessKey of(String name, PublicKey key) {
        return new WitnessKey(name, Ed25519Key.id(name, COSIGNATURE, key), key);
    }

    /**
     * Reads the text form.
     *
     * @throws NoteException naming the part that is wrong
     */
    public static WitnessKey parse(String text) {
        var named = Ed25519Key.parse(text, COSIGNATURE);
        return of(named.name(), named.key());
    }

    /** The text form. */
    public String toText() {
        return Ed25519Key.toText(name, COSIGNATURE, publicKey);
    }

    /**
     * When this witness co-signed a checkpoint; empty if it did not.
     *
     * @return seconds precision; the earliest, if it did several times
     * @throws NoteException when a line has its name and key id, and is not its signature
     */
    public Optional<Instant> cosigned(SignedNote note) {
        return note.signatures().stream()
                .filter(line -> line.keyId() == keyId && line.name().equals(name))
                .map(line -> time(note.text(), line.bytes()))
                .min(Instant::compareTo);
    }

    private Instant time(String text, byte[] timed) {
        if (timed.length != Long.BYTES + SIGNATURE_LENGTH) {
            throw new NoteException("cosignature of %s: %d bytes (expected: %d)"
                    .formatted(name, timed.length, Long.BYTES + SIGNATURE_LENGTH));
        }
        var bytes = ByteBuffer.wrap(timed);
        long seconds = bytes.getLong();
        byte[] signature = new byte[SIGNATURE_LENGTH];
        bytes.get(signature);
        if (seconds < 0 || !Ed25519Key.verifies(publicKey, message(text, seconds), signature)) {
            throw new NoteException("cosignature of %s does not fit the text".formatted(name));
        }
        return Instant.ofEpochSecond(seconds);
    }

    /** What a witness signs: the time, and the whole text of the checkpoint. */
    static byte[] message(String text, long seconds) {
        return "cosignature/v1\ntime %d\n%s".formatted(seconds, text).getBytes(StandardCharsets.UTF_8);
    }
}
