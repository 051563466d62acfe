package io.deepsuite.journal.subject;

/** Sealed bytes that this key does not open: they were changed, cut, or belong to another key, event, tenant or subject. Nothing says which. */
public final class SealBrokenException extends Exception {

    private static final long serialVersionUID = 1L;

    public SealBrokenException(String message) {
        super(message);
    }
}
