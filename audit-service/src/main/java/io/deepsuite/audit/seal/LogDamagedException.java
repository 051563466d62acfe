package io.deepsuite.audit.seal;

/** A log in the database is not what it was: hashes are missing, or do not fit each other. The message says where. */
public final class LogDamagedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param place what is wrong and where, for the service's log */
    public LogDamagedException(String place) {
        super(place);
    }
}
