package io.deepsuite.servicekit.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcTimeoutTest {

    @ParameterizedTest
    @CsvSource({"1H, PT1H", "2M, PT2M", "30S, PT30S", "1500m, PT1.5S", "20u, PT0.00002S", "99999999n, PT0.099999999S"})
    void readsEveryUnitOfTheProtocol(String header, Duration expected) {
        assertThat(GrpcTimeout.read(header)).contains(new GrpcTimeout(expected));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "S", "1", "-1S", "123456789S", "1 S", "1h"})
    void knowsNoDeadlineFromAnythingElse(String header) {
        assertThat(GrpcTimeout.read(header)).isEmpty();
    }

    @Test
    void takesACallThatEndsAboutItsDeadlineForOneThatWasTooLate() {
        // Given
        var timeout = new GrpcTimeout(Duration.ofSeconds(10));

        // Then
        assertThat(timeout.hasPassed(Duration.ofMillis(9_499))).isFalse();
        assertThat(timeout.hasPassed(Duration.ofMillis(9_500))).isTrue();
        assertThat(timeout.hasPassed(Duration.ofSeconds(11))).isTrue();
    }

    @Test
    void leavesMostOfAShortTimeToThoseWhoGoBefore() {
        assertThat(new GrpcTimeout(Duration.ofMillis(100)).hasPassed(Duration.ofMillis(74)))
                .isFalse();
        assertThat(new GrpcTimeout(Duration.ofMillis(100)).hasPassed(Duration.ofMillis(75)))
                .isTrue();
    }
}
