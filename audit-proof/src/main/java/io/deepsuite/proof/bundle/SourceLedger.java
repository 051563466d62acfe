package io.deepsuite.proof.bundle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Follows the numbers of each source and finds those that are missing. The order in which they come does not matter: a source sends again what a broken
 * connection may have swallowed, behind what came through.
 */
final class SourceLedger {

    private final Map<String, Numbers> sources = new LinkedHashMap<>();
    private final Map<String, Long> ends = new LinkedHashMap<>();

    /**
     * A gap in a source's numbers.
     *
     * @param source name of the source
     * @param first first missing number
     * @param last last missing number
     * @param place where the number behind the gap stands
     */
    record Gap(String source, long first, long last, String place) {

        String fault() {
            return first == last
                    ? "number %d is missing".formatted(first)
                    : "numbers %d to %d are missing".formatted(first, last);
        }

        long count() {
            return last - first + 1;
        }
    }

    /**
     * Takes the next event of a source.
     *
     * @param fromBeginning whether the log is followed from its first leaf, so that the source's numbers must begin with 1
     * @return what is wrong, if anything
     */
    Optional<String> take(EventSource source, boolean fromBeginning, String origin, long leaf) {
        EventSource.End before = source.before();
        if (before != null && before.sequence() > 0) {
            ends.merge(source.name(before.boot()), before.sequence(), Math::max);
        }
        Numbers numbers = sources.computeIfAbsent(source.name(), _ -> new Numbers(fromBeginning));
        return numbers.add(source.sequence(), origin, leaf)
                ? Optional.empty()
                : Optional.of("number %d comes twice".formatted(source.sequence()));
    }

    int sources() {
        return sources.size();
    }

    /** The first gap of the first source that has one. */
    Optional<Gap> firstGap() {
        return sources.entrySet().stream()
                .flatMap(entry -> entry.getValue().firstGap(entry.getKey()).stream())
                .findFirst();
    }

    /** How many numbers are missing over all sources. */
    long missing() {
        return sources.values().stream().mapToLong(Numbers::missing).sum();
    }

    /** Sources that end before the number that their successors tell, each with what is missing. */
    List<Tail> tails() {
        List<Tail> tails = new ArrayList<>();
        ends.forEach((source, end) -> {
            Numbers numbers = sources.get(source);
            long last = numbers == null ? 0 : numbers.last();
            if (last < end) {
                tails.add(new Tail(source, last + 1, end));
            }
        });
        return tails;
    }

    /**
     * Last numbers of a source that is followed by another.
     *
     * @param source name of the source
     * @param first first missing number
     * @param last number that the source ended with
     */
    record Tail(String source, long first, long last) {

        /** How many are missing; so many that no bundle has them all count as that, so that sums stay numbers. */
        long count() {
            return Math.min(last - first + 1, 1L << 40);
        }

        @Override
        public String toString() {
            return "source %s, numbers %d to %d not here, which its successor tells of".formatted(source, first, last);
        }
    }

    /** Numbers of one source as unbroken runs. */
    private static final class Numbers {

        private final boolean fromBeginning;
        private final NavigableMap<Long, Run> runs = new TreeMap<>();
        private @Nullable Run latest;

        Numbers(boolean fromBeginning) {
            this.fromBeginning = fromBeginning;
        }

        boolean add(long number, String origin, long leaf) {
            Run run = latest;
            if (run != null && number == run.last + 1 && run.next == null) {
                run.last = number;
                return true;
            }
            return insert(number, origin, leaf);
        }

        private boolean insert(long number, String origin, long leaf) {
            Entry<Long, Run> below = runs.floorEntry(number);
            if (below != null && number <= below.getValue().last) {
                return false;
            }
            Run run;
            if (below != null && number == below.getValue().last + 1) {
                run = below.getValue();
                run.last = number;
            } else {
                run = new Run(number, origin, leaf);
                runs.put(number, run);
            }
            Entry<Long, Run> above = runs.higherEntry(number);
            if (above != null && above.getKey() == number + 1) {
                run.last = above.getValue().last;
                runs.remove(above.getKey());
                above = runs.higherEntry(run.last);
            }
            run.next = above == null ? null : above.getValue();
            link(run);
            latest = run;
            return true;
        }

        /** Keeps the run below from growing into this one without looking. */
        private void link(Run run) {
            Entry<Long, Run> below = runs.lowerEntry(run.first);
            if (below != null) {
                below.getValue().next = run;
            }
        }

        long last() {
            return runs.lastEntry().getValue().last;
        }

        Optional<Gap> firstGap(String source) {
            long expected = fromBeginning ? 1 : runs.firstKey();
            for (Run run : runs.values()) {
                if (run.first > expected) {
                    return Optional.of(new Gap(source, expected, run.first - 1, run.place()));
                }
                expected = run.last + 1;
            }
            return Optional.empty();
        }

        long missing() {
            long expected = fromBeginning ? 1 : runs.firstKey();
            long missing = 0;
            for (Run run : runs.values()) {
                missing += Math.max(0, run.first - expected);
                expected = run.last + 1;
            }
            return missing;
        }
    }

    /** Numbers without a gap. */
    private static final class Run {

        private final long first;
        private final String origin;
        private final long leaf;
        private long last;
        private @Nullable Run next;

        Run(long first, String origin, long leaf) {
            this.first = first;
            this.origin = origin;
            this.leaf = leaf;
            this.last = first;
        }

        String place() {
            return "%s, leaf %d".formatted(origin, leaf);
        }
    }
}
