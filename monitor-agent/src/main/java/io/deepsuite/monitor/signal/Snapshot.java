package io.deepsuite.monitor.signal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Present state of everything that was reported.
 *
 * @param time when it was taken (UTC)
 * @param services by name
 * @param devices by device
 * @param components by name
 */
public record Snapshot(
        Instant time, List<Service> services, List<Signal.Device> devices, List<Signal.Health> components) {

    public Snapshot {
        services = List.copyOf(services);
        devices = List.copyOf(devices);
        components = List.copyOf(components);
    }

    /**
     * What one service reported.
     *
     * @param requests model calls since the agent started
     * @param failures of these, the failed ones
     * @param requestRate model calls per second over the last minute
     * @param latencyP50 median over five minutes
     * @param latencyP99 99th percentile over five minutes
     * @param lastReport when it last reported (UTC)
     */
    public record Service(
            String service,
            long requests,
            long failures,
            double requestRate,
            Duration latencyP50,
            Duration latencyP99,
            Instant lastReport) {}
}
