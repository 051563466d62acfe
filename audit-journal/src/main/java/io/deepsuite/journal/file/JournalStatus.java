package io.deepsuite.journal.file;

import java.util.Optional;

/**
 * How a journal is doing.
 *
 * @param open whether it takes events at all
 * @param problem why the last write failed, until one succeeds again
 * @param bytes length of all segments
 * @param reservedBytes room that is kept for the outcomes of changes under way
 * @param maxBytes bound of the length
 */
public record JournalStatus(boolean open, Optional<String> problem, long bytes, long reservedBytes, long maxBytes) {

    private static final long ROOM = 16 * 1024;

    /** Whether the bound leaves room for an event larger than any that the suite writes. */
    public boolean hasRoom() {
        return maxBytes - bytes - reservedBytes >= ROOM;
    }
}
