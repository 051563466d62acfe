package io.deepsuite.journal.shipping;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after failures in a row: doubles from the first wait to the longest, of which a random part between half and all is taken, so that many
 * replicas do not come back at the same moment.
 *
 * @param first wait after the first failure, at most
 * @param longest wait after many, at most
 */
public record Backoff(Duration first, Duration longest) {

    private static final int MOST_DOUBLINGS = 30;

    /** @param failures in a row, 1 or more */
    Duration after(int failures, RandomGenerator random) {
        long doubled = first.toNanos() << Math.min(failures - 1, MOST_DOUBLINGS);
        long bound = doubled > 0 ? Math.min(doubled, longest.toNanos()) : longest.toNanos();
        return Duration.ofNanos(bound / 2 + random.nextLong(bound / 2 + 1));
    }
}
