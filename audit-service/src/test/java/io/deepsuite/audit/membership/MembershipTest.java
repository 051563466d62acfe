package io.deepsuite.audit.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class MembershipTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final long SILENCE = Membership.LONGEST_SILENCE.toSeconds();

    private final Membership membership = new Membership();

    private boolean isLost(long second, long heartbeats, long fetches) {
        return membership.isLost(new Pulse(heartbeats, fetches), START.plusSeconds(second));
    }

    @Test
    void isLostWhenItReadsForLongWithoutAHeartbeat() {
        // Given
        assertThat(isLost(0, 5, 100)).isFalse();
        assertThat(isLost(10, 5, 200)).isFalse();

        // When, Then
        assertThat(isLost(10 + SILENCE - 1, 5, 300)).isFalse();
        assertThat(isLost(10 + SILENCE, 5, 400)).isTrue();
        assertThat(isLost(10 + SILENCE + 10, 5, 500)).as("for good").isTrue();
    }

    @Test
    void isNotLostWhileHeartbeatsAreAnswered() {
        for (int look = 1; look <= 20; look++) {
            assertThat(isLost(10L * look, look, 100L * look)).isFalse();
        }
    }

    @Test
    void isNotLostWhileNoBrokerAnswersItAtAll() {
        // Given
        isLost(0, 5, 100);

        // When, Then
        for (int look = 1; look <= 20; look++) {
            assertThat(isLost(10L * look, 5, 100)).isFalse();
        }
    }

    @Test
    void isNotLostWhenItsFirstAnswerAfterAnOutageIsToAFetch() {
        // Given
        isLost(0, 5, 100);
        isLost(10, 5, 110);
        isLost(10 + 10 * SILENCE, 5, 110);

        // When, Then
        assertThat(isLost(20 + 10 * SILENCE, 5, 120)).isFalse();
        assertThat(isLost(30 + 10 * SILENCE, 6, 130)).isFalse();
    }

    @Test
    void isLostHoweverOftenItIsLookedAt() {
        // Given
        isLost(0, 5, 100);
        isLost(10, 5, 200);

        // When
        isLost(11, 5, 200);

        // Then
        assertThat(isLost(10 + SILENCE, 5, 300)).isTrue();
    }

    @Test
    void isNotLostBeforeItHasPartitions() {
        assertThat(isLost(0, 0, 0)).isFalse();
        assertThat(isLost(100 * SILENCE, 0, 0)).isFalse();
    }
}
