package io.deepsuite.monitor.signal;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** The present state of every series, in bounded memory. */
@ApplicationScoped
public class SignalBoard {

    private final int maxSeries;
    private final InstantSource clock;
    private final SignalMetrics metrics;
    private final Map<String, ServiceSeries> services = new ConcurrentHashMap<>();
    private final Map<String, Signal.Device> devices = new ConcurrentHashMap<>();
    private final Map<String, Signal.Component> components = new ConcurrentHashMap<>();
    private final Map<String, String> quantizations = new ConcurrentHashMap<>();

    SignalBoard(SignalConfig config, InstantSource clock, SignalMetrics metrics) {
        this.maxSeries = config.maxSeries();
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * Takes one signal.
     *
     * @throws DeepsuiteException {@link ErrorReason#OVERLOADED} if it belongs to a new series and there are as many as may be kept
     */
    void take(Signal signal) {
        var now = clock.instant();
        var service = series(services, signal.service(), name -> {
            var series = new ServiceSeries(name, now);
            metrics.showService(name, () -> series.requestRate(clock.instant()));
            return series;
        });
        service.seen(now);
        switch (signal) {
            case Signal.ModelCall call -> {
                series(quantizations, call.quantization(), Function.identity());
                service.record(call, now);
                metrics.recordLatency(call.quantization(), call.latency());
            }
            case Signal.Device device -> {
                series(devices, device.device(), name -> {
                    metrics.showDevice(name, () -> utilization(name));
                    return device;
                });
                devices.put(device.device(), device);
            }
            case Signal.Component component -> {
                series(components, component.component(), _ -> component);
                components.put(component.component(), component);
            }
        }
    }

    /** Services by name. */
    List<ServiceSeries.State> services() {
        var now = clock.instant();
        return sorted(services).map(series -> series.state(now)).toList();
    }

    /** Accelerators by device. */
    List<Signal.Device> devices() {
        return sorted(devices).toList();
    }

    /** Components by name. */
    List<Signal.Component> components() {
        return sorted(components).toList();
    }

    private double utilization(String device) {
        var state = devices.get(device);
        return state == null ? Double.NaN : state.utilization();
    }

    /** Finds a series or opens it. The bound may be passed by as many as threads that open one at the same moment. */
    private <T> T series(Map<String, T> known, String name, Function<String, T> open) {
        var series = known.get(name);
        if (series != null) {
            return series;
        }
        if (known.size() >= maxSeries) {
            throw new DeepsuiteException(
                    ErrorReason.OVERLOADED, "series: one more than %d (expected: at most that many)".formatted(maxSeries));
        }
        return known.computeIfAbsent(name, open);
    }

    private static <T> Stream<T> sorted(Map<String, T> series) {
        return series.entrySet().stream().sorted(Map.Entry.comparingByKey()).map(Map.Entry::getValue);
    }
}
