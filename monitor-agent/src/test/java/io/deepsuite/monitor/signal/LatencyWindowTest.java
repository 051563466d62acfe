package io.deepsuite.monitor.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyWindowTest {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    private final LatencyWindow window = new LatencyWindow();

    @Test
    void hasNoQuantilesWithoutCalls() {
        assertThat(window.quantile(0.5, NOON)).isZero();
    }

    @Test
    void findsQuantilesWithinOneBucket() {
        for (int millis = 1; millis <= 1_000; millis++) {
            window.record(Duration.ofMillis(millis), NOON.plusSeconds(millis % 60));
        }

        assertThat(window.quantile(0.5, NOON.plusSeconds(60)).toMillis()).isCloseTo(500, Percentage.withPercentage(10));
        assertThat(window.quantile(0.99, NOON.plusSeconds(60)).toMillis()).isCloseTo(990, Percentage.withPercentage(10));
    }

    @Test
    void forgetsWhatIsOlderThanFiveMinutes() {
        window.record(Duration.ofSeconds(9), NOON);

        assertThat(window.quantile(0.5, NOON.plusSeconds(284))).isPositive();
        assertThat(window.quantile(0.5, NOON.plusSeconds(300))).isZero();
    }

    @Test
    void countsASlotAgainWhenItsTurnComes() {
        window.record(Duration.ofSeconds(9), NOON);
        window.record(Duration.ofMillis(10), NOON.plusSeconds(300));

        assertThat(window.quantile(1, NOON.plusSeconds(300)).toMillis()).isLessThan(12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.00001S", "PT1000H", "PT2562047788015215H"})
    void takesAnyLatencyThatIsNotNegative(Duration latency) {
        window.record(latency, NOON);

        assertThat(window.quantile(0.5, NOON)).isBetween(Duration.ofNanos(100_000), Duration.ofHours(3));
    }

    @Test
    void countsTheLastMinutesRate() {
        var rate = new RateWindow();
        for (int second = 0; second < 120; second++) {
            rate.record(NOON.plusSeconds(second));
            rate.record(NOON.plusSeconds(second));
        }

        assertThat(rate.perSecond(NOON.plusSeconds(119))).isEqualTo(2.0);
        assertThat(rate.perSecond(NOON.plusSeconds(149))).isEqualTo(1.0);
        assertThat(rate.perSecond(NOON.plusSeconds(500))).isZero();
    }
}
