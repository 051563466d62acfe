package io.deepsuite.monitor.signal;

import java.time.Instant;

/** Counts events of the last minute in slots of one second. Not thread-safe. */
final class RateWindow {

    private static final int SECONDS = 60;

    private final long[] counts = new long[SECONDS];
    private final long[] seconds = new long[SECONDS];

    /** Counts one event. */
    void record(Instant now) {
        long second = now.getEpochSecond();
        int slot = Math.floorMod(second, SECONDS);
        if (seconds[slot] != second) {
            seconds[slot] = second;
            counts[slot] = 0;
        }
        counts[slot]++;
    }

    /** Events per second over the last minute. */
    double perSecond(Instant now) {
        long newest = now.getEpochSecond();
        long total = 0;
        for (int slot = 0; slot < SECONDS; slot++) {
            if (seconds[slot] > newest - SECONDS && seconds[slot] <= newest) {
                total += counts[slot];
            }
        }
        return (double) total / SECONDS;
    }
}
