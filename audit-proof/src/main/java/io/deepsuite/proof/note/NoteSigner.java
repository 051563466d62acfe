package io.deepsuite.proof.note;

/** Signs notes under a name. A key in a file, or in a key management service. */
public interface NoteSigner {

    /** The public half, which names the key. */
    NoteVerifier verifier();

    /**
     * Signs.
     *
     * @param message exact bytes of the note's text
     * @return 64 bytes, Ed25519
     */
    byte[] sign(byte[] message);
}
