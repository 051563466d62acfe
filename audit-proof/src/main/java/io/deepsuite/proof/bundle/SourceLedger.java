package io.deepsuite.proof.bundle;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Follows the sequence of each source and finds the numbers that are missing. */
final class SourceLedger {

    private final Map<String, Long> last = new HashMap<>();

    /**
     * Takes the next event of a source.
     *
     * @param fromBeginning whether the log is followed from its first leaf, so that a source must begin with 1
     * @return what is wrong, if anything
     */
    Optional<String> take(EventSource source, boolean fromBeginning) {
        Long before = last.put(source.name(), source.sequence());
        if (before == null) {
            return fromBeginning && source.sequence() != 1
                    ? Optional.of(missing(1, source.sequence() - 1))
                    : Optional.empty();
        }
        if (source.sequence() == before + 1) {
            return Optional.empty();
        }
        return Optional.of(
                source.sequence() <= before
                        ? "number %d comes after %d".formatted(source.sequence(), before)
                        : missing(before + 1, source.sequence() - 1));
    }

    int sources() {
        return last.size();
    }

    private static String missing(long first, long last) {
        return first == last
                ? "number %d is missing".formatted(first)
                : "numbers %d to %d are missing".formatted(first, last);
    }
}
