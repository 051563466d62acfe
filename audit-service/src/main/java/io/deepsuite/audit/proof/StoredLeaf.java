package io.deepsuite.audit.proof;

import org.jspecify.annotations.Nullable;

/**
 * What the store has at a place of a log.
 *
 * @param leaf leaf index
 * @param event bytes as they are stored; null when the row is gone
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StoredLeaf(long leaf, byte @Nullable [] event) {}
