package io.deepsuite.servicekit.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CollectorSamplerTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Test
    void samplesNothingWithoutACollectorWhateverTheCallerSays() {
        assertThat(decision(Optional.empty(), Context.root())).isEqualTo(SamplingDecision.DROP);
        assertThat(decision(Optional.empty(), calledWith(TraceFlags.getSampled())))
                .isEqualTo(SamplingDecision.DROP);
    }

    @Test
    void samplesAllWithACollectorUnlessTheCallerSaysOtherwise() {
        var collector = Optional.of("https://collector:4317");

        assertThat(decision(collector, Context.root())).isEqualTo(SamplingDecision.RECORD_AND_SAMPLE);
        assertThat(decision(collector, calledWith(TraceFlags.getSampled())))
                .isEqualTo(SamplingDecision.RECORD_AND_SAMPLE);
        assertThat(decision(collector, calledWith(TraceFlags.getDefault()))).isEqualTo(SamplingDecision.DROP);
    }

    private static SamplingDecision decision(Optional<String> endpoint, Context caller) {
        return new CollectorSampler()
                .sampler(() -> endpoint)
                .shouldSample(caller, TRACE, "call", SpanKind.SERVER, Attributes.empty(), List.of())
                .getDecision();
    }

    private static Context calledWith(TraceFlags flags) {
        return Context.root()
                .with(Span.wrap(
                        SpanContext.createFromRemoteParent(TRACE, "00f067aa0ba902b7", flags, TraceState.getDefault())));
    }
}
