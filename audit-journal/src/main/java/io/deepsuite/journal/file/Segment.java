package io.deepsuite.journal.file;

import java.nio.file.Path;

/** A segment file as far as it is durable. The writer extends it, readers look at it at any time. */
final class Segment {

    private final SegmentHeader header;
    private final Path file;
    private volatile Extent durable;

    /**
     * What of a segment is durable.
     *
     * @param last sequence of the last record; one less than the segment's first when there is none
     * @param bytes length of header and records; what lies behind was refused
     */
    record Extent(long last, long bytes) {}

    Segment(SegmentHeader header, Path file, Extent durable) {
        this.header = header;
        this.file = file;
        this.durable = durable;
    }

    /** A segment that has a header and nothing else. */
    static Segment empty(SegmentHeader header, Path file) {
        return new Segment(header, file, new Extent(header.first() - 1, SegmentHeader.BYTES));
    }

    SegmentId id() {
        return header.id();
    }

    SegmentHeader header() {
        return header;
    }

    Path file() {
        return file;
    }

    Extent durable() {
        return durable;
    }

    void extend(Extent further) {
        durable = further;
    }

    boolean isEmpty() {
        return durable.last() < header.first();
    }

    /** Whether every record is at or before a position. */
    boolean isWithin(Position position) {
        return isEmpty() || end().compareTo(position) <= 0;
    }

    /** Place of the last record, or just before the first while there is none. */
    Position end() {
        return new Position(id().boot(), durable.last());
    }

    /** How many records are behind a position. */
    long countAfter(Position position) {
        long from = id().boot() < position.boot()
                ? durable.last()
                : id().boot() > position.boot()
                        ? header.first() - 1
                        : Math.max(header.first() - 1, position.sequence());
        return Math.max(0, durable.last() - from);
    }
}
