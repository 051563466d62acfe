package io.deepsuite.monitor.signal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The series under the names that dashboards in the field use: {@code deepseek_inference_latency_seconds}, {@code deepseek_gpu_utilization},
 * {@code deepseek_request_rate}.
 */
@ApplicationScoped
public class SignalMetrics {

    private static final Duration[] LATENCY_BOUNDS = {
        Duration.ofMillis(5), Duration.ofMillis(10), Duration.ofMillis(25), Duration.ofMillis(50),
        Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1),
        Duration.ofMillis(2500), Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30),
        Duration.ofSeconds(60), Duration.ofSeconds(120)
    };

    private final MeterRegistry registry;
    private final Counter accepted;
    private final Counter rejected;

    SignalMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.accepted = Counter.builder("deepsuite.signals.accepted")
                .description("Signals taken")
                .register(registry);
        this.rejected = Counter.builder("deepsuite.signals.rejected")
                .description("Signals refused as invalid or as one series too many")
                .register(registry);
    }

    void recordLatency(String quantization, Duration latency) {
        Timer.builder("deepseek.inference.latency")
                .description("Time from the call to the last byte of the answer")
                .tag("quantization", quantization)
                .serviceLevelObjectives(LATENCY_BOUNDS)
                .register(registry)
                .record(latency);
    }

    void showDevice(String device, Supplier<Number> utilization) {
        Gauge.builder("deepseek.gpu.utilization", utilization)
                .description("Share of time in which the accelerator was busy, 0 to 1")
                .tag("device", device)
                .strongReference(true)
                .register(registry);
    }

    void showService(String service, Supplier<Number> requestRate) {
        Gauge.builder("deepseek.request.rate", requestRate)
                .description("Model calls per second over the last minute")
                .tag("service", service)
                .strongReference(true)
                .register(registry);
    }

    void accepted() {
        accepted.increment();
    }

    void rejected() {
        rejected.increment();
    }
}
