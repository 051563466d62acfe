package io.deepsuite.bench.report;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Repeated measurements of one thing.
 *
 * @param median the middle one, or the mean of the two in the middle
 * @param min smallest
 * @param max largest
 * @param runs how many
 */
public record Spread(double median, double min, double max, int runs) {

    /**
     * Sums up measurements.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static Spread of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("values: none (expected: at least one)");
        }
        var sorted = sorted(values).toArray();
        int half = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1], sorted.length);
    }

    private static DoubleStream sorted(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).sorted();
    }
}
