package io.deepsuite.journal.file;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The segments on disk, in order. The writer adds, the shipper removes, anybody reads. */
final class Catalog {

    private final ConcurrentSkipListMap<SegmentId, Segment> segments = new ConcurrentSkipListMap<>();

    Catalog(Collection<Segment> found) {
        found.forEach(this::add);
    }

    void add(Segment segment) {
        segments.put(segment.id(), segment);
    }

    void remove(Segment segment) {
        segments.remove(segment.id());
    }

    /** First segment that has a record behind a position, or may get one. */
    Optional<Segment> firstBeyond(Position position) {
        return segments.values().stream()
                .filter(segment -> !segment.isWithin(position))
                .findFirst();
    }

    Optional<Segment> after(Segment segment) {
        return Optional.ofNullable(segments.higherEntry(segment.id())).map(Map.Entry::getValue);
    }

    Optional<Segment> last() {
        return Optional.ofNullable(segments.lastEntry()).map(Map.Entry::getValue);
    }

    /**
     * The last record that there is, or was.
     *
     * @param released position of the last record that was released
     */
    Position lastRecord(Position released) {
        return segments.values().stream()
                .filter(segment -> !segment.isEmpty())
                .map(Segment::end)
                .reduce(released, (one, other) -> one.compareTo(other) >= 0 ? one : other);
    }

    /** Segments that hold nothing behind a position, the last one excepted: it may still grow. */
    List<Segment> within(Position position) {
        return segments.values().stream()
                .filter(segment -> segments.higherKey(segment.id()) != null)
                .filter(segment -> segment.isWithin(position))
                .toList();
    }

    /** Length of all segments, bytes. */
    long bytes() {
        return segments.values().stream()
                .mapToLong(segment -> segment.durable().bytes())
                .sum();
    }

    /** How many records are behind a position. */
    long countAfter(Position position) {
        return segments.values().stream()
                .mapToLong(segment -> segment.countAfter(position))
                .sum();
    }
}
