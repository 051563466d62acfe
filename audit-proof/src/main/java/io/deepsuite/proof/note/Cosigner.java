package io.deepsuite.proof.note;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;

/** Co-signs checkpoints with a private key that this process holds. Whether they deserve it is its caller's business. */
public final class Cosigner {

    private final WitnessKey witness;
    private final PrivateKey key;

    /**
     * @param name name of the witness, without spaces and plus signs
     * @param pair an Ed25519 key pair that is used for nothing else
     */
    public Cosigner(String name, KeyPair pair) {
        this.witness = WitnessKey.of(name, pair.getPublic());
        this.key = pair.getPrivate();
    }

    /** The public half. */
    public WitnessKey witness() {
        return witness;
    }

    /**
     * The note with the cosignature as its last line.
     *
     * @param time cut to seconds
     */
    public SignedNote cosign(SignedNote note, Instant time) {
        long seconds = time.getEpochSecond();
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initSign(key);
            ed25519.update(WitnessKey.message(note.text(), seconds));
            byte[] signature = ed25519.sign();
            byte[] timed = ByteBuffer.allocate(Long.BYTES + signature.length)
                    .putLong(seconds)
                    .put(signature)
                    .array();
            return note.plus(new SignedNote.NoteSignature(
                    witness.name(), witness.keyId(), Base64.getEncoder().encodeToString(timed)));
        } catch (GeneralSecurityException e) {
            throw new NoteException("key %s cannot sign".formatted(witness.name()), e);
        }
    }
}
