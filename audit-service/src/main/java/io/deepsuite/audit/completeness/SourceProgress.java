package io.deepsuite.audit.completeness;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What has arrived of a source. Numbers are at least 1 and may be as high as a long: they are compared with what is before them, never after.
 *
 * @param watermark nothing is missing up to this number; 0 at first
 * @param beyond what has arrived behind a gap, in order, merged
 */
public record SourceProgress(long watermark, List<NumberRun> beyond) {

    /**
     * Most runs behind a gap that are read, or remembered, of one source. If there are more, the newest count, and what lies between the watermark and them is
     * taken for missing: whatever a source does, it cannot take the memory or the time of the others, and is never taken for complete.
     */
    public static final int MOST = 20_000;

    private static final Comparator<NumberRun> BY_FIRST = Comparator.comparingLong(NumberRun::first);

    /** Before the first event. */
    public static final SourceProgress NONE = new SourceProgress(0, List.of());

    public SourceProgress {
        beyond = List.copyOf(beyond);
    }

    /** The progress after more numbers have arrived. */
    public SourceProgress plus(Collection<NumberRun> arrived) {
        // two ordered halves: sorting is little more than merging them
        var runs = Stream.concat(beyond.stream(), arrived.stream().sorted(BY_FIRST))
                .sorted(BY_FIRST)
                .toList();
        long reached = watermark;
        List<NumberRun> left = new ArrayList<>();
        for (var run : runs) {
            if (run.first() - 1 <= reached) {
                reached = Math.max(reached, run.last());
            } else if (!left.isEmpty() && run.first() - 1 <= left.getLast().last()) {
                var last = left.removeLast();
                left.add(new NumberRun(last.first(), Math.max(last.last(), run.last())));
            } else {
                left.add(run);
            }
        }
        return new SourceProgress(reached, left);
    }

    /** What has arrived by either of two accounts. */
    public SourceProgress plus(SourceProgress other) {
        return new SourceProgress(Math.max(watermark, other.watermark), beyond).plus(other.beyond);
    }

    /**
     * The same without the oldest of what has arrived behind a gap. It claims less, and is still true.
     *
     * @param most most runs behind a gap that are left, 1 or more
     */
    public SourceProgress newest(int most) {
        int size = beyond.size();
        return size <= most ? this : new SourceProgress(watermark, beyond.subList(size - most, size));
    }

    /**
     * Where it begins that nothing is missing up to a number.
     *
     * @param number a number that has arrived
     */
    public long unbrokenFrom(long number) {
        if (number <= watermark) {
            return 1;
        }
        int at = Collections.binarySearch(beyond, new NumberRun(number, number), BY_FIRST);
        int run = at >= 0 ? at : -at - 2;
        if (run < 0 || beyond.get(run).last() < number) {
            throw new IllegalArgumentException("number: %d (expected: one that has arrived)".formatted(number));
        }
        return beyond.get(run).first();
    }

    /** Highest number that has arrived; 0 if none has. */
    public long highest() {
        return beyond.isEmpty() ? watermark : beyond.getLast().last();
    }

    /**
     * Numbers that have not arrived although later ones have.
     *
     * @param end last number of the source if it has ended, or 0
     */
    public List<NumberRun> gaps(long end) {
        List<NumberRun> gaps = new ArrayList<>();
        long reached = watermark;
        for (var run : beyond) {
            gaps.add(new NumberRun(reached + 1, run.first() - 1));
            reached = run.last();
        }
        if (end > reached) {
            gaps.add(new NumberRun(reached + 1, end));
        }
        return gaps;
    }

    /** Numbers in the order of their arrival as runs. */
    public static List<NumberRun> runs(List<Long> numbers) {
        List<NumberRun> runs = new ArrayList<>();
        for (long number : numbers) {
            if (!runs.isEmpty() && number - 1 == runs.getLast().last()) {
                runs.add(new NumberRun(runs.removeLast().first(), number));
            } else {
                runs.add(new NumberRun(number, number));
            }
        }
        return runs;
    }
}
