package io.deepsuite.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatencyTest {

    @Test
    void oneOfAHundredMayTakeLonger() {
        var calls = IntStream.rangeClosed(1, 200).mapToObj(call -> 201.0 - call).toList();

        assertThat(Latency.of(calls)).isEqualTo(new Latency(100, 198, 200, 200));
    }

    @Test
    void ofFewCallsTheLongestCounts() {
        assertThat(Latency.of(List.of(3.0, 1.0, 2.0))).isEqualTo(new Latency(2, 3, 3, 3));
    }

    @Test
    void nothingMeasuredIsAMistake() {
        assertThatThrownBy(() -> Latency.of(List.of())).hasMessageContaining("expected: at least one");
    }
}
