package io.deepsuite.audit.proof;

/**
 * An unbroken run of a log to export.
 *
 * @param log number of the log
 * @param from first leaf
 * @param to behind the last leaf; at most the checkpoint's size
 * @param checkpointSize size of the checkpoint that the run is proven against
 * @param checkpoint its signed note
 */
record RunExport(int log, long from, long to, long checkpointSize, String checkpoint) {}
