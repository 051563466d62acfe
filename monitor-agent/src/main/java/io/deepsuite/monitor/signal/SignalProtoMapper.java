package io.deepsuite.monitor.signal;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.deepsuite.monitor.v1.DeviceSignal;
import io.deepsuite.monitor.v1.GetSnapshotResponse;
import io.deepsuite.monitor.v1.HealthSignal;
import io.deepsuite.monitor.v1.InferenceSignal;
import io.deepsuite.monitor.v1.ReportRequest;
import io.deepsuite.monitor.v1.ServiceState;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Checks signals of the wire, and shows the board on it. */
final class SignalProtoMapper {

    private static final int MAX_NAME_LENGTH = 128;
    private static final String UNKNOWN = "unknown";

    private SignalProtoMapper() {}

    /**
     * The signal of a request.
     *
     * @throws DeepsuiteException {@link ErrorReason#VALUE_INVALID} for a missing name, a negative duration or count, or a value outside its unit
     */
    static Signal signal(ReportRequest request) {
        var service = name("service", request.getService());
        require(!request.hasTime() || Timestamps.isValid(request.getTime()), "time", "a time from year 1 to 9999");
        return switch (request.getSignalCase()) {
            case INFERENCE -> modelCall(service, request.getInference());
            case DEVICE -> device(service, request.getDevice());
            case HEALTH -> new Signal.Component(
                    service,
                    name("component", request.getHealth().getComponent()),
                    request.getHealth().getHealthy());
            case SIGNAL_NOT_SET -> throw invalid("signal", "inference, device or health");
        };
    }

    private static Signal modelCall(String service, InferenceSignal signal) {
        require(signal.hasLatency(), "latency", "a duration");
        require(notNegative(signal.getLatency()), "latency", "a duration that is not negative");
        require(notNegative(signal.getTimeToFirstToken()), "time_to_first_token", "a duration that is not negative");
        require(signal.getCompletionTokens() >= 0, "completion_tokens", "0 or more");
        var quantization =
                signal.getQuantization().isBlank() ? UNKNOWN : name("quantization", signal.getQuantization());
        var latency = Duration.ofSeconds(
                signal.getLatency().getSeconds(), signal.getLatency().getNanos());
        return new Signal.ModelCall(service, quantization, latency, signal.getSuccess());
    }

    private static Signal device(String service, DeviceSignal signal) {
        require(signal.getUtilization() >= 0 && signal.getUtilization() <= 1, "utilization", "0 to 1");
        require(signal.getMemoryTotalBytes() >= 0, "memory_total_bytes", "0 or more");
        require(
                signal.getMemoryUsedBytes() >= 0 && signal.getMemoryUsedBytes() <= signal.getMemoryTotalBytes(),
                "memory_used_bytes",
                "0 to memory_total_bytes");
        return new Signal.Device(
                service,
                name("device", signal.getDevice()),
                signal.getUtilization(),
                signal.getMemoryUsedBytes(),
                signal.getMemoryTotalBytes());
    }

    /** The board as of a time. */
    static GetSnapshotResponse snapshot(SignalBoard board, Instant now) {
        var snapshot = GetSnapshotResponse.newBuilder().setTime(Timestamps.fromMillis(now.toEpochMilli()));
        board.services().forEach(service -> snapshot.addServices(service(service)));
        board.devices()
                .forEach(device -> snapshot.addDevices(DeviceSignal.newBuilder()
                        .setDevice(device.device())
                        .setUtilization(device.utilization())
                        .setMemoryUsedBytes(device.memoryUsedBytes())
                        .setMemoryTotalBytes(device.memoryTotalBytes())));
        board.components()
                .forEach(component -> snapshot.addComponents(HealthSignal.newBuilder()
                        .setComponent(component.component())
                        .setHealthy(component.healthy())));
        return snapshot.build();
    }

    private static ServiceState service(ServiceSeries.State state) {
        return ServiceState.newBuilder()
                .setService(state.service())
                .setRequests(state.requests())
                .setFailures(state.failures())
                .setRequestRate(state.requestRate())
                .setLatencyP50(Durations.fromNanos(state.latencyP50().toNanos()))
                .setLatencyP99(Durations.fromNanos(state.latencyP99().toNanos()))
                .setLastReport(Timestamps.fromMillis(state.lastReport().toEpochMilli()))
                .build();
    }

    private static boolean notNegative(com.google.protobuf.Duration duration) {
        return Durations.isValid(duration) && !Durations.isNegative(duration);
    }

    private static String name(String field, String value) {
        require(
                !value.isBlank()
                        && value.length() <= MAX_NAME_LENGTH
                        && value.chars().noneMatch(Character::isISOControl),
                field,
                "1 to %d characters, none of them control characters".formatted(MAX_NAME_LENGTH));
        return value;
    }

    private static void require(boolean holds, String field, String expected) {
        if (!holds) {
            throw invalid(field, expected);
        }
    }

    private static DeepsuiteException invalid(String field, String expected) {
        return new DeepsuiteException(
                ErrorReason.VALUE_INVALID,
                "%s: out of range (expected: %s)".formatted(field, expected),
                Map.of("field", field));
    }
}
