package io.deepsuite.devstack.process;

import java.time.Duration;

/**
 * How long to wait before the next start of a process that ended: doubles with every failure in a row, up to a bound.
 *
 * @param failures starts in a row that did not last
 */
public record Backoff(int failures) {
    /** A process that ran this long was healthy. */
    static final Duration HEALTHY = Duration.ofSeconds(30);

    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    public Backoff {
        if (failures < 0) {
            throw new IllegalArgumentException("failures: %d (expected: 0 or more)".formatted(failures));
        }
    }

    /** Before the first failure. */
    public static Backoff none() {
        return new Backoff(0);
    }

    /** After a process ended that ran so long. */
    public Backoff after(Duration life) {
        return new Backoff(life.compareTo(HEALTHY) >= 0 ? 1 : Math.addExact(failures, 1));
    }

    /** 0 before the first failure, then 200 ms, doubling to 10 s. */
    public Duration delay() {
        if (failures == 0) {
            return Duration.ZERO;
        }
        var delay = FIRST.multipliedBy(1L << Math.min(failures - 1, 16));
        return delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
    }
}
