package io.deepsuite.bench.report;

import java.util.List;

/**
 * How long calls took, in milliseconds. Percentiles are calls that happened (nearest rank), nothing in between.
 *
 * @param p50 half of the calls took so long or less
 * @param p99 99 of 100 took so long or less
 * @param max the longest
 * @param calls how many
 */
public record Latency(double p50, double p99, double max, int calls) {

    /**
     * Sums up calls.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static Latency of(List<Double> millis) {
        if (millis.isEmpty()) {
            throw new IllegalArgumentException("calls: none (expected: at least one)");
        }
        var sorted = millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new Latency(rank(sorted, 50), rank(sorted, 99), sorted[sorted.length - 1], sorted.length);
    }

    private static double rank(double[] sorted, int percent) {
        return sorted[Math.ceilDiv(sorted.length * percent, 100) - 1];
    }
}
