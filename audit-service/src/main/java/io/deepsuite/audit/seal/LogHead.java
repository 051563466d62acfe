package io.deepsuite.audit.seal;

import io.deepsuite.proof.merkle.Frontier;

/**
 * How far a log has come.
 *
 * @param log number of the log
 * @param tree size, at least 1, and what the log remembers to go on
 */
public record LogHead(int log, Frontier tree) {}
