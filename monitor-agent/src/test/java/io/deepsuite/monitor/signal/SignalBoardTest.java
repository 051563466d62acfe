package io.deepsuite.monitor.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class SignalBoardTest {

    private static final int MAX_SERIES = 3;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Instant now = Instant.parse("2026-01-02T12:00:00Z");
    private final InstantSource clock = () -> now;
    private final SignalBoard board = new SignalBoard(() -> MAX_SERIES, clock, new SignalMetrics(registry));

    @Test
    void addsUpWhatAServiceReports() {
        board.take(call("b", true));
        board.take(call("a", true));
        now = now.plusSeconds(10);
        board.take(call("a", false));

        var services = board.services();

        assertThat(services).extracting(ServiceSeries.State::service).containsExactly("a", "b");
        assertThat(services.getFirst().requests()).isEqualTo(2);
        assertThat(services.getFirst().failures()).isEqualTo(1);
        assertThat(services.getFirst().requestRate()).isEqualTo(2 / 60.0);
        assertThat(services.getFirst().lastReport()).isEqualTo(now);
        assertThat(services.getFirst().latencyP50()).isBetween(Duration.ofMillis(100), Duration.ofMillis(110));
    }

    @Test
    void showsTheLatestStateOfDevicesAndComponents() {
        board.take(new Signal.Device("a", "0", 0.25, 1, 2));
        board.take(new Signal.Device("a", "0", 0.75, 2, 2));
        board.take(new Signal.Component("a", "engine", true));
        board.take(new Signal.Component("a", "engine", false));

        assertThat(board.devices()).containsExactly(new Signal.Device("a", "0", 0.75, 2, 2));
        assertThat(board.components()).containsExactly(new Signal.Component("a", "engine", false));
        assertThat(registry.get("deepseek.gpu.utilization").tag("device", "0").gauge().value())
                .isEqualTo(0.75);
    }

    @Test
    void keepsNoMoreSeriesThanAllowed() {
        for (int i = 0; i < MAX_SERIES; i++) {
            board.take(call("service-" + i, true));
        }

        assertThatThrownBy(() -> board.take(call("one-more", true)))
                .isInstanceOfSatisfying(
                        DeepsuiteException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(ErrorReason.OVERLOADED));
        board.take(call("service-0", true));

        assertThat(board.services()).hasSize(MAX_SERIES);
        assertThat(registry.find("deepseek.request.rate").gauges()).hasSize(MAX_SERIES);
    }

    @Test
    void boundsTheLabelsOfLatencyToo() {
        for (int i = 0; i < MAX_SERIES; i++) {
            board.take(new Signal.ModelCall("a", "q" + i, Duration.ofMillis(1), true));
        }

        assertThatThrownBy(() -> board.take(new Signal.ModelCall("a", "q9", Duration.ofMillis(1), true)))
                .isInstanceOf(DeepsuiteException.class);
        assertThat(registry.find("deepseek.inference.latency").timers()).hasSize(MAX_SERIES);
    }

    private static Signal call(String service, boolean success) {
        return new Signal.ModelCall(service, "q8_0", Duration.ofMillis(100), success);
    }
}
