package io.deepsuite.monitor.signal;

import java.time.Duration;
import java.time.Instant;

/** What one service reported. Thread-safe. */
final class ServiceSeries {

    private static final double MEDIAN = 0.5;
    private static final double P99 = 0.99;

    private final String service;
    private final RateWindow rate = new RateWindow();
    private final LatencyWindow latencies = new LatencyWindow();
    private long requests;
    private long failures;
    private Instant lastReport;

    ServiceSeries(String service, Instant now) {
        this.service = service;
        this.lastReport = now;
    }

    /**
     * Present state.
     *
     * @param requestRate calls per second over the last minute
     * @param latencyP50 median of the last five minutes, zero without calls
     */
    record State(
            String service,
            long requests,
            long failures,
            double requestRate,
            Duration latencyP50,
            Duration latencyP99,
            Instant lastReport) {}

    synchronized void seen(Instant now) {
        lastReport = now;
    }

    synchronized void record(Signal.ModelCall call, Instant now) {
        requests++;
        failures += call.success() ? 0 : 1;
        rate.record(now);
        latencies.record(call.latency(), now);
    }

    synchronized double requestRate(Instant now) {
        return rate.perSecond(now);
    }

    synchronized State state(Instant now) {
        return new State(
                service,
                requests,
                failures,
                rate.perSecond(now),
                latencies.quantile(MEDIAN, now),
                latencies.quantile(P99, now),
                lastReport);
    }
}
