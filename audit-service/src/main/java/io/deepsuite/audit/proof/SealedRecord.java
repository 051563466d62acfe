package io.deepsuite.audit.proof;

/**
 * A stored event and its place in a log.
 *
 * @param phase {@code INTENT} or {@code OUTCOME}
 * @param log number of the log
 * @param leaf leaf index
 * @param event exact bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SealedRecord(String phase, int log, long leaf, byte[] event) {}
