package io.deepsuite.monitor.signal;

import java.time.InstantSource;

/** Counts events of the last minute, second by second. */
final class MinuteRate {

    static final int SECONDS = 60;

    private final InstantSource clock;
    private final long[] counts = new long[SECONDS];
    private final long[] seconds = new long[SECONDS];

    MinuteRate(InstantSource clock) {
        this.clock = clock;
    }

    synchronized void mark() {
        long second = clock.instant().getEpochSecond();
        int slot = (int) Math.floorMod(second, (long) SECONDS);
        if (seconds[slot] != second) {
            seconds[slot] = second;
            counts[slot] = 0;
        }
        counts[slot]++;
    }

    /** Events per second over the last {@value #SECONDS} seconds. */
    synchronized double perSecond() {
        long oldest = clock.instant().getEpochSecond() - SECONDS;
        long sum = 0;
        for (int slot = 0; slot < SECONDS; slot++) {
            if (seconds[slot] > oldest) {
                sum += counts[slot];
            }
        }
        return (double) sum / SECONDS;
    }
}
