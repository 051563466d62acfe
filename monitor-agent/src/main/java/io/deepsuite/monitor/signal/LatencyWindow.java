package io.deepsuite.monitor.signal;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * Latencies of the last five minutes in fixed memory: slots of 15 s, each a histogram whose buckets grow by a factor of 2^(1/8), so that a quantile is at most
 * 9 % off. 100 µs to about 2 h; what lies outside counts as the nearest. Not thread-safe.
 */
final class LatencyWindow {

    private static final long SLOT_SECONDS = 15;
    private static final int SLOTS = 20;
    private static final int STEPS_PER_OCTAVE = 8;
    private static final int BUCKETS = 208;
    private static final double SMALLEST_SECONDS = 1e-4;

    private final int[][] counts = new int[SLOTS][];
    private final long[] slotNumbers = new long[SLOTS];

    /** Counts one latency. */
    void record(Duration latency, Instant now) {
        long number = slotNumber(now);
        int slot = Math.floorMod(number, SLOTS);
        if (counts[slot] == null) {
            counts[slot] = new int[BUCKETS];
        } else if (slotNumbers[slot] != number) {
            Arrays.fill(counts[slot], 0);
        }
        slotNumbers[slot] = number;
        counts[slot][bucket(latency)]++;
    }

    /**
     * The latency that this share of the calls stayed under.
     *
     * @param share above 0, at most 1
     * @return zero when there were no calls
     */
    Duration quantile(double share, Instant now) {
        var sum = new long[BUCKETS];
        long total = 0;
        long newest = slotNumber(now);
        for (int slot = 0; slot < SLOTS; slot++) {
            if (counts[slot] != null && slotNumbers[slot] > newest - SLOTS && slotNumbers[slot] <= newest) {
                for (int bucket = 0; bucket < BUCKETS; bucket++) {
                    sum[bucket] += counts[slot][bucket];
                    total += counts[slot][bucket];
                }
            }
        }
        return total == 0 ? Duration.ZERO : upperBound(sum, (long) Math.ceil(share * total));
    }

    private static Duration upperBound(long[] counts, long rank) {
        long seen = 0;
        int bucket = 0;
        while (bucket < BUCKETS - 1 && seen + counts[bucket] < rank) {
            seen += counts[bucket];
            bucket++;
        }
        double seconds = SMALLEST_SECONDS * Math.pow(2, (double) bucket / STEPS_PER_OCTAVE);
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    private static int bucket(Duration latency) {
        double seconds = latency.toSeconds() + latency.toNanosPart() / 1e9;
        if (seconds <= SMALLEST_SECONDS) {
            return 0;
        }
        double octaves = Math.log(seconds / SMALLEST_SECONDS) / Math.log(2);
        return (int) Math.min(BUCKETS - 1, Math.ceil(octaves * STEPS_PER_OCTAVE - 1e-9));
    }

    private static long slotNumber(Instant now) {
        return Math.floorDiv(now.getEpochSecond(), SLOT_SECONDS);
    }
}
