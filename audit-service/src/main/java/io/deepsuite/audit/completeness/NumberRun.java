package io.deepsuite.audit.completeness;

/**
 * Numbers of a source without a gap.
 *
 * @param first first number, from 1
 * @param last last number, at least the first
 */
public record NumberRun(long first, long last) {

    public NumberRun {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("run: %d to %d (expected: 1 <= first <= last)".formatted(first, last));
        }
    }

    /** How many numbers. */
    public long count() {
        return last - first + 1;
    }

    @Override
    public String toString() {
        return first == last ? Long.toString(first) : first + " to " + last;
    }
}
