package io.deepsuite.monitor.signal;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import io.deepsuite.monitor.v1.DeviceSignal;
import io.deepsuite.monitor.v1.GetSnapshotResponse;
import io.deepsuite.monitor.v1.HealthSignal;
import io.deepsuite.monitor.v1.ReportRequest;
import io.deepsuite.monitor.v1.ServiceState;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Between the contract's messages and the feature's records. */
final class SignalProtoMapper {

    private SignalProtoMapper() {}

    static Signal fromProto(ReportRequest request) {
        return switch (request.getSignalCase()) {
            case INFERENCE -> {
                var call = request.getInference();
                yield new Signal.Inference(call.getQuantization(), fromProto(call.getLatency()), call.getSuccess());
            }
            case DEVICE -> {
                var device = request.getDevice();
                yield new Signal.Device(
                        device.getDevice(),
                        device.getUtilization(),
                        device.getMemoryUsedBytes(),
                        device.getMemoryTotalBytes());
            }
            case HEALTH ->
                new Signal.Health(
                        request.getHealth().getComponent(),
                        request.getHealth().getHealthy(),
                        request.getHealth().getDetail());
            case SIGNAL_NOT_SET ->
                throw new DeepsuiteException(
                        ErrorReason.VALUE_INVALID,
                        "signal: none (expected: inference, device or health)",
                        Map.of("field", "signal"));
        };
    }

    static GetSnapshotResponse toProto(Snapshot snapshot) {
        var response = GetSnapshotResponse.newBuilder().setTime(toProto(snapshot.time()));
        snapshot.services().forEach(service -> response.addServices(toProto(service)));
        snapshot.devices()
                .forEach(device -> response.addDevices(DeviceSignal.newBuilder()
                        .setDevice(device.device())
                        .setUtilization(device.utilization())
                        .setMemoryUsedBytes(device.memoryUsedBytes())
                        .setMemoryTotalBytes(device.memoryTotalBytes())));
        snapshot.components()
                .forEach(health -> response.addComponents(HealthSignal.newBuilder()
                        .setComponent(health.component())
                        .setHealthy(health.healthy())
                        .setDetail(health.detail())));
        return response.build();
    }

    private static ServiceState toProto(Snapshot.Service service) {
        return ServiceState.newBuilder()
                .setService(service.service())
                .setRequests(service.requests())
                .setFailures(service.failures())
                .setRequestRate(service.requestRate())
                .setLatencyP50(Durations.fromNanos(service.latencyP50().toNanos()))
                .setLatencyP99(Durations.fromNanos(service.latencyP99().toNanos()))
                .setLastReport(toProto(service.lastReport()))
                .build();
    }

    private static Duration fromProto(com.google.protobuf.Duration duration) {
        return Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
    }

    private static Timestamp toProto(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }
}
