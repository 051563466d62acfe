package io.deepsuite.audit.query;

/**
 * How an export ended: its last line.
 *
 * @param events how many are above
 * @param complete whether that is all that the filters find
 * @param nextPageToken where to go on; empty when complete, and when not even the first page is above
 * @param reason {@code OK}, or why it broke off
 */
record ExportEnd(long events, boolean complete, String nextPageToken, String reason) {

    static final String OK = "OK";
}
