package io.deepsuite.servicekit.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class IdentityReadinessTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void readyWithTheKeysAtHandWithoutAskingAgain() {
        assertThat(status(true, Uni.createFrom().failure(new ConnectException()), LONG))
                .isEqualTo(Status.UP);
        assertThat(asked).hasValue(0);
    }

    @Test
    void readyOnceAProviderThatWasAwayAtTheStartTellsItsKeys() {
        assertThat(status(false, Uni.createFrom().item(true), LONG)).isEqualTo(Status.UP);
        assertThat(asked).hasValue(1);
    }

    @Test
    void asksAnewEachTimeWhileTheProviderIsAway() {
        var away = Uni.createFrom().<Boolean>failure(new ConnectException());

        assertThat(status(false, away, LONG)).isEqualTo(Status.DOWN);
        assertThat(status(false, away, LONG)).isEqualTo(Status.DOWN);
        assertThat(asked).hasValue(2);
    }

    @Test
    void notReadyWhenTheProviderAnswersWithoutKeys() {
        assertThat(status(false, Uni.createFrom().item(false), LONG)).isEqualTo(Status.DOWN);
    }

    @Test
    void notReadyWhenTheProviderDoesNotAnswerInTime() {
        assertThat(status(false, Uni.createFrom().nothing(), Duration.ofMillis(1)))
                .isEqualTo(Status.DOWN);
    }

    private Status status(boolean known, Uni<Boolean> answer, Duration patience) {
        return IdentityReadiness.check(
                        known,
                        () -> {
                            asked.incrementAndGet();
                            return answer;
                        },
                        patience)
                .await()
                .atMost(LONG)
                .getStatus();
    }
}
