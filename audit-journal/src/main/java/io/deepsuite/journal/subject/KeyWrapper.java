package io.deepsuite.journal.subject;

/** Encrypts the keys of subjects for the way and for storage. A key management service can stand behind it. */
public interface KeyWrapper {

    /** Encrypts a key with the current key-encryption key, bound to the key's id and its subject. */
    WrappedKey wrap(DataKey key, Subject subject);

    /**
     * Decrypts a key, also with a key-encryption key that no longer wraps.
     *
     * @throws SealBrokenException if it was not wrapped for this subject, was changed, or its key-encryption key is not known
     */
    DataKey unwrap(WrappedKey wrapped, Subject subject) throws SealBrokenException;
}
