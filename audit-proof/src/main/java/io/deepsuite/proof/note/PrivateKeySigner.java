package io.deepsuite.proof.note;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;

/** Signs with a private key that this process holds. */
public final class PrivateKeySigner implements NoteSigner {

    private final NoteVerifier verifier;
    private final PrivateKey key;

    /**
     * @param name name of the key, without spaces and plus signs
     * @param pair an Ed25519 key pair
     */
    public PrivateKeySigner(String name, KeyPair pair) {
        this.verifier = NoteVerifier.of(name, pair.getPublic());
        this.key = pair.getPrivate();
    }

    @Override
    public NoteVerifier verifier() {
        return verifier;
    }

    @Override
    public byte[] sign(byte[] message) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initSign(key);
            ed25519.update(message);
            return ed25519.sign();
        } catch (GeneralSecurityException e) {
            throw new NoteException("key %s cannot sign".formatted(verifier.name()), e);
        }
    }
}
