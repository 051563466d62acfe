package io.deepsuite.engine.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailuresTest {

    @Test
    void describesTypesAndPlacesAndNoMessages() {
        var failure = new IllegalStateException("prompt: 13800138000", new IllegalArgumentException("张三"));

        assertThat(Failures.describe(failure))
                .startsWith("java.lang.IllegalStateException < java.lang.IllegalArgumentException at ")
                .contains("FailuresTest")
                .doesNotContain("13800138000")
                .doesNotContain("张三");
    }
}
