package io.deepsuite.audit.completeness;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * What has arrived of a source. Numbers are at least 1 and may be as high as a long: they are compared with what is before them, never after.
 *
 * @param watermark nothing is missing up to this number; 0 at first
 * @param beyond what has arrived behind a gap, in order, merged
 */
public record SourceProgress(long watermark, List<NumberRun> beyond) {

    /** Before the first event. */
    public static final SourceProgress NONE = new SourceProgress(0, List.of());

    public SourceProgress {
        beyond = List.copyOf(beyond);
    }

    /** The progress after more numbers have arrived. */
    public SourceProgress plus(Collection<NumberRun> arrived) {
        var runs = new TreeMap<Long, Long>();
        beyond.forEach(run -> runs.merge(run.first(), run.last(), Math::max));
        arrived.forEach(run -> runs.merge(run.first(), run.last(), Math::max));
        long reached = watermark;
        List<NumberRun> left = new ArrayList<>();
        for (var run : runs.entrySet()) {
            if (run.getKey() - 1 <= reached) {
                reached = Math.max(reached, run.getValue());
            } else if (!left.isEmpty() && run.getKey() - 1 <= left.getLast().last()) {
                var last = left.removeLast();
                left.add(new NumberRun(last.first(), Math.max(last.last(), run.getValue())));
            } else {
                left.add(new NumberRun(run.getKey(), run.getValue()));
            }
        }
        return new SourceProgress(reached, left);
    }

    /** What has arrived by either of two accounts. */
    public SourceProgress plus(SourceProgress other) {
        return new SourceProgress(Math.max(watermark, other.watermark), beyond).plus(other.beyond);
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
