package io.deepsuite.model.signals;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.deepsuite.monitor.v1.HealthSignal;
import io.deepsuite.monitor.v1.InferenceSignal;
import io.deepsuite.monitor.v1.ReportRequest;

/** Translates signals to their contract. */
final class SignalProtoMapper {

    private SignalProtoMapper() {}

    static ReportRequest toProto(String service, SignalQueue.Stamped stamped) {
        var time = stamped.time();
        var request = ReportRequest.newBuilder()
                .setService(service)
                .setTime(
                        Timestamp.newBuilder().setSeconds(time.getEpochSecond()).setNanos(time.getNano()));
        switch (stamped.signal()) {
            case Signal.Inference inference -> request.setInference(toProto(inference));
            case Signal.Health health ->
                request.setHealth(HealthSignal.newBuilder()
                        .setComponent(health.component())
                        .setHealthy(health.healthy()));
        }
        return request.build();
    }

    private static InferenceSignal toProto(Signal.Inference inference) {
        var proto = InferenceSignal.newBuilder()
                .setModel(inference.model())
                .setVersion(inference.version())
                .setQuantization(inference.quantization())
                .setLatency(toProto(inference.latency()))
                .setSuccess(inference.success())
                .setCompletionTokens(inference.completionTokens());
        var first = inference.timeToFirstToken();
        if (first != null) {
            proto.setTimeToFirstToken(toProto(first));
        }
        return proto.build();
    }

    private static Duration toProto(java.time.Duration duration) {
        return Duration.newBuilder()
                .setSeconds(duration.getSeconds())
                .setNanos(duration.getNano())
                .build();
    }
}
