package io.deepsuite.monitor.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@SuppressWarnings("deprecation") // the registry that the platform exports with
class SignalBoardTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private Instant now = NOW;
    private final SignalBoard board = new SignalBoard(meters, () -> now, new Bounds());

    @Test
    void showsTheMetricNamesThatDashboardsUse() {
        board.take("model-service", call(40, true));
        board.take("model-service", new Signal.Device("0", 0.75, 10, 20));
        board.take("model-service", new Signal.Health("engine:127.0.0.1:18451", false, ""));

        assertThat(scrape())
                .contains("deepseek_inference_latency_seconds_count{quantization=\"q8_0\"} 1.0")
                .contains("deepseek_inference_latency_seconds_bucket{quantization=\"q8_0\",le=\"0.05\"} 1.0")
                .contains("deepseek_gpu_utilization{device=\"0\"} 0.75")
                .contains("deepseek_request_rate{service=\"model-service\"}")
                .contains("deepsuite_component_healthy{component=\"engine:127.0.0.1:18451\"} 0.0");
    }

    @Test
    void countsCallsFailuresAndTheRateOfTheLastMinute() {
        IntStream.range(0, 30).forEach(i -> board.take("model-service", call(10, i % 3 != 0)));

        Snapshot.Service state = board.snapshot().services().getFirst();
        assertThat(state.requests()).isEqualTo(30);
        assertThat(state.failures()).isEqualTo(10);
        assertThat(state.requestRate()).isEqualTo(0.5);
        assertThat(state.lastReport()).isEqualTo(NOW);

        now = NOW.plusSeconds(MinuteRate.SECONDS);
        assertThat(board.snapshot().services().getFirst().requestRate()).isZero();
    }

    @Test
    void keepsTheNewestStateOfADevice() {
        board.take("model-service", new Signal.Device("0", 0.1, 0, 0));
        board.take("model-service", new Signal.Device("0", 0.9, 0, 0));

        assertThat(board.snapshot().devices()).containsExactly(new Signal.Device("0", 0.9, 0, 0));
        assertThat(scrape()).contains("deepseek_gpu_utilization{device=\"0\"} 0.9");
    }

    @Test
    void refusesOneSeriesMoreThanTheBoundAndGoesOnWithTheKnownOnes() {
        board.take("a", new Signal.Device("0", 0, 0, 0));
        board.take("a", new Signal.Device("1", 0, 0, 0));

        assertThatExceptionOfType(DeepsuiteException.class)
                .isThrownBy(() -> board.take("a", new Signal.Device("2", 0, 0, 0)))
                .withMessage("devices: '2' would be one more than 2 (expected: a known one, or a higher bound)")
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(ErrorReason.OVERLOADED));

        board.take("a", new Signal.Device("1", 0.5, 0, 0));
        assertThat(board.snapshot().devices()).hasSize(2);
    }

    @Test
    void namesTheFieldThatIsOutOfItsRange() {
        refuses(() -> new Signal.Device("0", 1.2, 0, 0), "device.utilization: 1.2 (expected: 0 to 1)");
        refuses(() -> new Signal.Device("0", Double.NaN, 0, 0), "device.utilization: NaN (expected: 0 to 1)");
        refuses(() -> call(-1, true), "inference.latency: PT-0.001S (expected: 0 or more)");
        refuses(
                () -> new Signal.Health("", true, ""),
                "health.component: '' (expected: 1 to 100 letters, digits or ._:/@-)");
        refuses(
                () -> new Signal.Health("engine:a", false, "a\nb"),
                "health.detail: 3 characters (expected: 0 to 200, no control characters)");
        refuses(
                () -> new Signal.Health("engine:a", false, "a".repeat(201)),
                "health.detail: 201 characters (expected: 0 to 200, no control characters)");
        refuses(
                () -> new Signal.Device("0", 0, 2, 1),
                "device.memory_used_bytes: 2 (expected: 0 to memory_total_bytes, which is 1)");
        refuses(
                () -> board.take("a b", call(1, true)),
                "service: 'a b' (expected: 1 to 100 letters, digits or ._:/@-)");
    }

    /** The page as Prometheus reads it, without the comma that the exposition format allows behind the last label. */
    private String scrape() {
        return meters.scrape().replace(",}", "}");
    }

    private static void refuses(Runnable make, String message) {
        assertThatExceptionOfType(DeepsuiteException.class)
                .isThrownBy(make::run)
                .withMessage(message)
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(ErrorReason.VALUE_INVALID));
    }

    private static Signal.Inference call(long millis, boolean success) {
        return new Signal.Inference("q8_0", Duration.ofMillis(millis), success);
    }

    private record Bounds() implements MonitorConfig {

        @Override
        public int maxServices() {
            return 2;
        }

        @Override
        public int maxQuantizations() {
            return 2;
        }

        @Override
        public int maxDevices() {
            return 2;
        }

        @Override
        public int maxComponents() {
            return 2;
        }
    }
}
