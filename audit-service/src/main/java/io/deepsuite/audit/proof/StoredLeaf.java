package io.deepsuite.audit.proof;

import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * What the store has at a place of a log.
 *
 * @param leaf leaf index
 * @param event bytes as they are stored; null when the row is gone
 * @param archive month of the archive that the store says has it; null when the row is there, or should be
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StoredLeaf(
        long leaf, byte @Nullable [] event, @Nullable YearMonth archive) {}
