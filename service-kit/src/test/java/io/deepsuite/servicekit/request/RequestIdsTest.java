package io.deepsuite.servicekit.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdsTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-02T03:04:05.678Z"));

    @ParameterizedTest
    @ValueSource(strings = {"a", "my-request_1/mask", "~!@#$%^&*()"})
    void takesVisibleCharacters(String sent) {
        assertThat(RequestIds.takeOrMake(sent, CLOCK)).isEqualTo(sent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\nb", "é", "\u007f"})
    void makesAnIdInPlaceOfAnythingElse(String sent) {
        assertThat(RequestIds.takeOrMake(sent, CLOCK)).isNotEqualTo(sent).hasSize(36);
    }

    @Test
    void takesAtMost128Characters() {
        assertThat(RequestIds.isValid("x".repeat(128))).isTrue();
        assertThat(RequestIds.isValid("x".repeat(129))).isFalse();
    }

    @Test
    void cutsTheParentSoThatAChildFits() {
        assertThat(RequestIds.child("parent", "mask")).isEqualTo("parent/mask");
        assertThat(RequestIds.child("x".repeat(128), "unmask")).hasSize(128).endsWith("x/unmask");
    }
}
