package io.deepsuite.audit.subject;

import io.deepsuite.journal.subject.Subject;
import io.deepsuite.journal.subject.WrappedKey;

/** What the store knows of a key. */
sealed interface StoredKey {

    /**
     * The key is there.
     *
     * @param subject whose it is
     */
    record Present(Subject subject, WrappedKey wrapped) implements StoredKey {}

    /** The key was there once; nobody has it any more. */
    record Erased() implements StoredKey {}

    /** The key has not come. */
    record Missing() implements StoredKey {}
}
