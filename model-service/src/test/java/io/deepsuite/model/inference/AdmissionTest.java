package io.deepsuite.model.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.deepsuite.model.engine.CallLifetime;
import io.deepsuite.model.testing.Configs;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.deepsuite.servicekit.error.Failures;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    @Test
    void refusesAtOnceWithAHintWhenNobodyMoreMayWait() {
        // Given
        var admission = admission(0, "PT1H");
        var _ = admission.enter(lifetime());

        // Then
        assertThatThrownBy(() -> admission.enter(lifetime()))
                .isInstanceOfSatisfying(DeepsuiteException.class, failure -> {
                    assertThat(failure.reason()).isEqualTo(ErrorReason.OVERLOADED);
                    assertThat(Failures.retryAfter(failure)).contains(Duration.ofSeconds(1));
                });
    }

    @Test
    void givesAPlaceToTheFirstWhoWaits() {
        // Given
        var admission = admission(5, "PT1H");
        var first = admission.enter(lifetime());
        var second = CompletableFuture.supplyAsync(() -> admission.enter(lifetime()));

        // When
        first.close();

        // Then
        second.join().close();
        assertThat(admission.enter(lifetime())).isNotNull();
    }

    @Test
    void refusesWhoWaitsTooLong() {
        // Given
        var admission = admission(5, "PT0.01S");
        var _ = admission.enter(lifetime());

        // Then
        assertThatThrownBy(() -> admission.enter(lifetime()))
                .isInstanceOfSatisfying(
                        DeepsuiteException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(ErrorReason.OVERLOADED));
    }

    @Test
    void whoGoesAwayWhileWaitingFreesTheQueue() {
        // Given
        var admission = admission(1, "PT1H");
        var _ = admission.enter(lifetime());
        var leaving = lifetime();
        var waiting = CompletableFuture.supplyAsync(() -> admission.enter(leaving));

        // When
        await().until(() -> {
            leaving.cancel();
            return waiting.isCompletedExceptionally();
        });

        // Then
        assertThatThrownBy(waiting::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        DeepsuiteException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(ErrorReason.CANCELLED));
    }

    private static Admission admission(int queued, String timeout) {
        return new Admission(Configs.of(
                InferenceConfig.class,
                Map.of(
                        "deepsuite.inference.max-concurrent-calls",
                        "1",
                        "deepsuite.inference.max-queued-calls",
                        Integer.toString(queued),
                        "deepsuite.inference.queue-timeout",
                        timeout)));
    }

    private static CallLifetime lifetime() {
        return new CallLifetime(Duration.ofMinutes(1));
    }
}
