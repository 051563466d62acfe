package io.deepsuite.journal.file;

import java.util.Comparator;

/**
 * Place of a record in a journal directory; boots come one after another.
 *
 * @param boot number of the opening of the directory, from 1; 0 in {@link #START}
 * @param sequence place within the boot, from 1 without gaps; 0 in {@link #START}
 */
public record Position(long boot, long sequence) implements Comparable<Position> {

    /** Before every record. */
    public static final Position START = new Position(0, 0);

    private static final Comparator<Position> ORDER =
            Comparator.comparingLong(Position::boot).thenComparingLong(Position::sequence);

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }
}
