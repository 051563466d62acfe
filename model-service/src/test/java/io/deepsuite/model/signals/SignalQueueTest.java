package io.deepsuite.model.signals;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.model.testing.Configs;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignalQueueTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void dropsTheOldestAndCountsItWhenNobodyTakesSignals() throws Exception {
        // Given
        var meters = new SimpleMeterRegistry();
        var config = Configs.of(SignalsConfig.class, Map.of("deepsuite.signals.queue-size", "2"));
        var queue = new SignalQueue(config, InstantSource.fixed(NOW), meters);

        // When
        for (var i = 1; i <= 5; i++) {
            queue.report(new Signal.Health("engine:" + i, true));
        }

        // Then
        var kept = new ArrayList<SignalQueue.Stamped>();
        for (var next = queue.poll(Duration.ZERO); next.isPresent(); next = queue.poll(Duration.ZERO)) {
            kept.add(next.get());
        }
        assertThat(kept)
                .containsExactly(
                        new SignalQueue.Stamped(NOW, new Signal.Health("engine:4", true)),
                        new SignalQueue.Stamped(NOW, new Signal.Health("engine:5", true)));
        assertThat(meters.get("deepsuite.signals.dropped").counter().count()).isEqualTo(3);
    }
}
