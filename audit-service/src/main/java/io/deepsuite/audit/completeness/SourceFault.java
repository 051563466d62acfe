package io.deepsuite.audit.completeness;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What is wrong with a source.
 *
 * @param missing numbers that have not arrived although they exist, in order
 * @param endUnknown whether a later boot runs, and nobody has told this one's last number
 */
public record SourceFault(List<NumberRun> missing, boolean endUnknown) {

    /** Most gaps that a text names. */
    static final int NAMED = 20;

    public SourceFault {
        missing = List.copyOf(missing);
    }

    /** How many numbers are missing. */
    public long count() {
        return missing.stream().mapToLong(NumberRun::count).sum();
    }

    /** The missing numbers as text, such as {@code 2, 5 to 7}; the first {@value #NAMED} gaps only, and how many more there are. */
    static String named(List<NumberRun> missing) {
        var named = missing.stream().limit(NAMED).map(Object::toString).collect(Collectors.joining(", "));
        int more = missing.size() - NAMED;
        return more <= 0 ? named : "%s and %d more gaps".formatted(named, more);
    }

    /** One line for people, at most 200 characters: how many numbers are missing, the first of them, and whether the last is unknown. */
    public String summary() {
        var end = endUnknown ? "last number unknown" : "";
        if (missing.isEmpty()) {
            return end;
        }
        var numbers = "missing: %d, gaps: %d, first: %s".formatted(count(), missing.size(), missing.getFirst());
        return endUnknown ? numbers + "; " + end : numbers;
    }
}
