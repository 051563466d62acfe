package io.deepsuite.systemtests.chaos;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How much is broken; short when nothing is said.
 *
 * @param kills processes to kill, 11 or more so that each dies once: {@code -Dchaos.kills}
 * @param outage how long a broker is away: {@code -Dchaos.outage}, ISO 8601
 * @param seed chooses victims and moments: {@code -Dchaos.seed}
 */
record Plan(int kills, Duration outage, long seed) {

    private static final int PROCESSES = 11;

    Plan {
        if (kills < PROCESSES) {
            throw new IllegalArgumentException("chaos.kills: %d (expected: %d or more)".formatted(kills, PROCESSES));
        }
        if (!outage.isPositive()) {
            throw new IllegalArgumentException("chaos.outage: %s (expected: longer than 0)".formatted(outage));
        }
    }

    /** What the properties of this JVM say. */
    static Plan ofProperties() {
        return new Plan(
                Integer.getInteger("chaos.kills", PROCESSES),
                Duration.parse(System.getProperty("chaos.outage", "PT10S")),
                Long.getLong("chaos.seed", ThreadLocalRandom.current().nextInt(1_000_000)));
    }
}
