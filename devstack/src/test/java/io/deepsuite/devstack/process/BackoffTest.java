package io.deepsuite.devstack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void firstStartDoesNotWait() {
        assertThat(Backoff.none().delay()).isZero();
    }

    @Test
    void doublesWithEveryFailureUpToTenSeconds() {
        var backoff = Backoff.none();
        long[] expected = {200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000};
        for (long millis : expected) {
            backoff = backoff.after(Duration.ofSeconds(1));
            assertThat(backoff.delay()).isEqualTo(Duration.ofMillis(millis));
        }
    }

    @Test
    void longLifeStartsAnew() {
        assertThat(new Backoff(9).after(Backoff.HEALTHY)).isEqualTo(new Backoff(1));
    }

    @Test
    void manyFailuresStayAtTheLongestDelay() {
        assertThat(new Backoff(1_000_000).delay()).isEqualTo(Duration.ofSeconds(10));
    }
}
