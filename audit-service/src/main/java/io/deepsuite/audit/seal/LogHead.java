package io.deepsuite.audit.seal;

import io.deepsuite.proof.merkle.Frontier;

/**
 * How far a log has come.
 *
 * @param log number of the log
 * @param tree size, 0 only where its rows are gone, and what the log remembers to go on
 */
public record LogHead(int log, Frontier tree) {}
