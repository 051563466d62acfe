package io.deepsuite.monitor.signal;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What one service reported. */
final class ServiceSignals {

    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final double MEDIAN = 0.5;
    private static final double P99 = 0.99;

    private final InstantSource clock;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final MinuteRate rate;
    private final Timer latency;
    private volatile Instant lastReport;

    ServiceSignals(String service, MeterRegistry meters, InstantSource clock) {
        this.clock = clock;
        this.lastReport = clock.instant();
        this.rate = new MinuteRate(clock);
        this.latency = Timer.builder("deepsuite.service.latency")
                .description("Latency of model calls over five minutes, by reporting service")
                .tag("service", service)
                .publishPercentiles(MEDIAN, P99)
                .distributionStatisticExpiry(WINDOW)
                .register(meters);
        Gauge.builder("deepseek.request.rate", rate, MinuteRate::perSecond)
                .description("Model calls per second over the last minute")
                .tag("service", service)
                .register(meters);
    }

    void reported() {
        lastReport = clock.instant();
    }

    void called(Signal.Inference call) {
        requests.incrementAndGet();
        if (!call.success()) {
            failures.incrementAndGet();
        }
        rate.mark();
        latency.record(call.latency());
    }

    Snapshot.Service state(String service) {
        Duration median = Duration.ZERO;
        Duration p99 = Duration.ZERO;
        for (ValueAtPercentile value : latency.takeSnapshot().percentileValues()) {
            var duration = Duration.ofNanos((long) value.value(TimeUnit.NANOSECONDS));
            if (value.percentile() == MEDIAN) {
                median = duration;
            } else {
                p99 = duration;
            }
        }
        return new Snapshot.Service(service, requests.get(), failures.get(), rate.perSecond(), median, p99, lastReport);
    }
}
