package io.deepsuite.audit.ingest;

/** How an attempt to store a batch ended. Unless appended, nothing of it is stored. Trouble with the database is a failure, not a result. */
sealed interface AppendResult {

    /** Everything is stored and the positions have moved. */
    record Appended() implements AppendResult {}

    /** Some event's id or source position is taken already. */
    record Taken() implements AppendResult {}

    /** Another consumer has moved a position meanwhile. */
    record Fenced() implements AppendResult {}

    /**
     * The database does not take the values of some event.
     *
     * @param sqlState SQLSTATE that it answered
     */
    record Refused(String sqlState) implements AppendResult {}
}
