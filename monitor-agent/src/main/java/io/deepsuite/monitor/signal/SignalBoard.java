package io.deepsuite.monitor.signal;

import io.deepsuite.servicekit.error.ErrorReason;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** Keeps the newest state of every series and shows it as metrics, under the names that dashboards in the field already use. */
@ApplicationScoped
public class SignalBoard {

    private static final Duration[] LATENCY_BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60)
    };

    private final MeterRegistry meters;
    private final InstantSource clock;
    private final BoundedSeries<ServiceSignals> services;
    private final BoundedSeries<Timer> latencies;
    private final BoundedSeries<AtomicReference<Signal.Device>> devices;
    private final BoundedSeries<AtomicReference<Signal.Health>> components;

    SignalBoard(MeterRegistry meters, InstantSource clock, MonitorConfig config) {
        this.meters = meters;
        this.clock = clock;
        this.services = new BoundedSeries<>("services", config.maxServices());
        this.latencies = new BoundedSeries<>("quantizations", config.maxQuantizations());
        this.devices = new BoundedSeries<>("devices", config.maxDevices());
        this.components = new BoundedSeries<>("components", config.maxComponents());
    }

    /**
     * Takes a signal.
     *
     * @param service who measured; fails with {@link ErrorReason#VALUE_INVALID} when it is no name, and with {@link ErrorReason#OVERLOADED} when the
     *     signal would need a series more than the configured bound
     */
    public void take(String service, Signal signal) {
        Signal.requireName("service", service);
        ServiceSignals from = services.get(service, name -> new ServiceSignals(name, meters, clock));
        switch (signal) {
            case Signal.Inference call -> {
                latencies.get(call.quantization(), this::latency).record(call.latency());
                from.called(call);
            }
            case Signal.Device device ->
                devices.get(device.device(), _ -> deviceGauges(device)).set(device);
            case Signal.Health health ->
                components.get(health.component(), _ -> healthGauge(health)).set(health);
        }
        from.reported();
    }

    /** Present state of everything. */
    public Snapshot snapshot() {
        return new Snapshot(
                clock.instant(),
                services.all().entrySet().stream()
                        .map(entry -> entry.getValue().state(entry.getKey()))
                        .toList(),
                devices.all().values().stream().map(AtomicReference::get).toList(),
                components.all().values().stream().map(AtomicReference::get).toList());
    }

    private Timer latency(String quantization) {
        return Timer.builder("deepseek.inference.latency")
                .description("Time from a model call to its last byte")
                .tag("quantization", quantization)
                .serviceLevelObjectives(LATENCY_BUCKETS)
                .register(meters);
    }

    private AtomicReference<Signal.Device> deviceGauges(Signal.Device first) {
        var newest = new AtomicReference<>(first);
        Gauge.builder("deepseek.gpu.utilization", newest, device -> device.get().utilization())
                .description("Share of time in which the device was busy, 0 to 1")
                .tag("device", first.device())
                .register(meters);
        Gauge.builder(
                        "deepsuite.gpu.memory.used",
                        newest,
                        device -> device.get().memoryUsedBytes())
                .baseUnit("bytes")
                .tag("device", first.device())
                .register(meters);
        return newest;
    }

    private AtomicReference<Signal.Health> healthGauge(Signal.Health first) {
        var newest = new AtomicReference<>(first);
        Gauge.builder(
                        "deepsuite.component.healthy",
                        newest,
                        health -> health.get().healthy() ? 1 : 0)
                .description("1 while the component serves, else 0")
                .tag("component", first.component())
                .register(meters);
        return newest;
    }
}
