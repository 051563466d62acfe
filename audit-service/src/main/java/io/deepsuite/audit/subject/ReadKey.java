package io.deepsuite.audit.subject;

/** What a record of the key topic turned out to be. */
sealed interface ReadKey {

    /** A key that can be stored. */
    record Valid(ArrivedKey key) implements ReadKey {}

    /** Takes a key out of the topic. The store was told by whoever erased it, and takes no orders from the topic, which every service may write to. */
    record Tombstone() implements ReadKey {}

    /**
     * Not a key.
     *
     * @param detail one sentence with the offending and the expected value; nothing of a key
     */
    record Invalid(String detail) implements ReadKey {}
}
