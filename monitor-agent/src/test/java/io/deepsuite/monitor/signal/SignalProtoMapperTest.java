package io.deepsuite.monitor.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.deepsuite.monitor.v1.DeviceSignal;
import io.deepsuite.monitor.v1.HealthSignal;
import io.deepsuite.monitor.v1.InferenceSignal;
import io.deepsuite.monitor.v1.ReportRequest;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SignalProtoMapperTest {

    @Test
    void readsEachKindOfSignal() {
        assertThat(SignalProtoMapper.signal(inference(call().build()).build()))
                .isEqualTo(new Signal.ModelCall("s", "fp16", java.time.Duration.ofMillis(1_500), true));
        assertThat(SignalProtoMapper.signal(device(device().build())))
                .isEqualTo(new Signal.Device("s", "0", 0.5, 1, 2));
        assertThat(SignalProtoMapper.signal(ReportRequest.newBuilder()
                        .setService("s")
                        .setHealth(HealthSignal.newBuilder().setComponent("engine").setHealthy(true))
                        .build()))
                .isEqualTo(new Signal.Component("s", "engine", true));
    }

    @Test
    void labelsAModelOfUnknownPrecision() {
        assertThat(SignalProtoMapper.signal(inference(call().clearQuantization().build()).build()))
                .isInstanceOfSatisfying(
                        Signal.ModelCall.class,
                        modelCall -> assertThat(modelCall.quantization()).isEqualTo("unknown"));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void refuses(String field, ReportRequest request) {
        assertThatThrownBy(() -> SignalProtoMapper.signal(request))
                .isInstanceOfSatisfying(DeepsuiteException.class, failure -> {
                    assertThat(failure.reason()).isEqualTo(ErrorReason.VALUE_INVALID);
                    assertThat(failure.metadata()).containsEntry("field", field);
                });
    }

    static Stream<Arguments> invalid() {
        return Stream.of(
                Arguments.of("service", inference(call().build()).clearService().build()),
                Arguments.of("service", inference(call().build()).setService("x".repeat(129)).build()),
                Arguments.of("service", inference(call().build()).setService("a\nb").build()),
                Arguments.of("signal", ReportRequest.newBuilder().setService("s").build()),
                Arguments.of(
                        "time",
                        inference(call().build())
                                .setTime(Timestamp.newBuilder().setNanos(-1))
                                .build()),
                Arguments.of("latency", inference(call().clearLatency().build()).build()),
                Arguments.of("latency", inference(call().setLatency(seconds(-1)).build()).build()),
                Arguments.of(
                        "latency", inference(call().setLatency(seconds(Long.MAX_VALUE)).build()).build()),
                Arguments.of(
                        "time_to_first_token",
                        inference(call().setTimeToFirstToken(seconds(-1)).build()).build()),
                Arguments.of(
                        "completion_tokens", inference(call().setCompletionTokens(-1).build()).build()),
                Arguments.of("utilization", device(device().setUtilization(1.01).build())),
                Arguments.of("utilization", device(device().setUtilization(-0.01).build())),
                Arguments.of("utilization", device(device().setUtilization(Double.NaN).build())),
                Arguments.of("memory_total_bytes", device(device().setMemoryTotalBytes(-1).build())),
                Arguments.of("memory_used_bytes", device(device().setMemoryUsedBytes(3).build())),
                Arguments.of("device", device(device().clearDevice().build())),
                Arguments.of(
                        "component",
                        ReportRequest.newBuilder()
                                .setService("s")
                                .setHealth(HealthSignal.getDefaultInstance())
                                .build()));
    }

    private static InferenceSignal.Builder call() {
        return InferenceSignal.newBuilder()
                .setQuantization("fp16")
                .setLatency(Duration.newBuilder().setSeconds(1).setNanos(500_000_000))
                .setSuccess(true);
    }

    private static DeviceSignal.Builder device() {
        return DeviceSignal.newBuilder()
                .setDevice("0")
                .setUtilization(0.5)
                .setMemoryUsedBytes(1)
                .setMemoryTotalBytes(2);
    }

    private static Duration seconds(long seconds) {
        return Duration.newBuilder().setSeconds(seconds).build();
    }

    private static ReportRequest.Builder inference(InferenceSignal signal) {
        return ReportRequest.newBuilder().setService("s").setInference(signal);
    }

    private static ReportRequest device(DeviceSignal signal) {
        return ReportRequest.newBuilder().setService("s").setDevice(signal).build();
    }
}
