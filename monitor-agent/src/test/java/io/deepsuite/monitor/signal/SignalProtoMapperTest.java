package io.deepsuite.monitor.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.deepsuite.monitor.v1.DeviceSignal;
import io.deepsuite.monitor.v1.HealthSignal;
import io.deepsuite.monitor.v1.InferenceSignal;
import io.deepsuite.monitor.v1.ReportRequest;
import io.deepsuite.servicekit.error.DeepsuiteException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignalProtoMapperTest {

    @Test
    void readsEachKindOfSignal() {
        var call = ReportRequest.newBuilder()
                .setInference(InferenceSignal.newBuilder()
                        .setQuantization("fp16")
                        .setLatency(Durations.fromMillis(12))
                        .setSuccess(true))
                .build();
        var device = ReportRequest.newBuilder()
                .setDevice(DeviceSignal.newBuilder()
                        .setDevice("3")
                        .setUtilization(0.5)
                        .setMemoryTotalBytes(9))
                .build();

        var health = ReportRequest.newBuilder()
                .setHealth(HealthSignal.newBuilder().setComponent("engine:a").setDetail("does not answer"))
                .build();

        assertThat(SignalProtoMapper.fromProto(health))
                .isEqualTo(new Signal.Health("engine:a", false, "does not answer"));
        assertThat(SignalProtoMapper.fromProto(call))
                .isEqualTo(new Signal.Inference("fp16", Duration.ofMillis(12), true));
        assertThat(SignalProtoMapper.fromProto(device)).isEqualTo(new Signal.Device("3", 0.5, 0, 9));
    }

    @Test
    void refusesAReportWithoutASignal() {
        assertThatExceptionOfType(DeepsuiteException.class)
                .isThrownBy(() -> SignalProtoMapper.fromProto(ReportRequest.getDefaultInstance()))
                .withMessage("signal: none (expected: inference, device or health)");
    }

    @Test
    void showsTheWholeSnapshot() {
        var time = Instant.parse("2026-11-22T10:00:00.5Z");
        var service =
                new Snapshot.Service("model-service", 3, 1, 0.25, Duration.ofMillis(7), Duration.ofMillis(9), time);

        var proto = SignalProtoMapper.toProto(new Snapshot(
                time,
                List.of(service),
                List.of(new Signal.Device("0", 0.5, 1, 2)),
                List.of(new Signal.Health("audit-source:a/b/1", false, "missing: 1, gaps: 1, first: 2"))));

        assertThat(proto.getServices(0).getRequests()).isEqualTo(3);
        assertThat(Durations.toMillis(proto.getServices(0).getLatencyP99())).isEqualTo(9);
        assertThat(proto.getDevices(0).getMemoryTotalBytes()).isEqualTo(2);
        assertThat(proto.getComponents(0).getHealthy()).isFalse();
        assertThat(proto.getComponents(0).getDetail()).isEqualTo("missing: 1, gaps: 1, first: 2");
        assertThat(Timestamps.toMillis(proto.getTime())).isEqualTo(time.toEpochMilli());
    }
}
