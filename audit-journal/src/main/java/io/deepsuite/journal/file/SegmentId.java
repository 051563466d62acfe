package io.deepsuite.journal.file;

import java.util.Comparator;

/**
 * Names a segment file.
 *
 * @param boot opening of the directory that wrote it, from 1
 * @param ordinal place among the segments of that boot, rising, maybe with gaps
 */
record SegmentId(long boot, long ordinal) implements Comparable<SegmentId> {

    private static final Comparator<SegmentId> ORDER =
            Comparator.comparingLong(SegmentId::boot).thenComparingLong(SegmentId::ordinal);

    @Override
    public int compareTo(SegmentId other) {
        return ORDER.compare(this, other);
    }
}
