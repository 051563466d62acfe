package io.deepsuite.engine.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deepsuite.engine.error.Refusal;
import io.deepsuite.engine.error.RefusalReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnbrokenRunsTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "é", "中", "𠮷", "7", "a1", " ", "\n", "!", "😀", "\u0301", "\u200d"})
    void refusesALongRunOfOneKind(String unit) {
        String text = unit.repeat(100);

        assertThatThrownBy(() -> UnbrokenRuns.check(text, 99)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.reason()).isEqualTo(RefusalReason.RUN_TOO_LONG);
            assertThat(refusal.message()).contains("without a break (expected: at most 99)");
        });
    }

    @Test
    void takesALongTextWithBreaks() {
        assertThatCode(() -> UnbrokenRuns.check("word, 字。 ".repeat(10_000), 64)).doesNotThrowAnyException();
    }

    @Test
    void takesARunOfExactlyTheBound() {
        assertThatCode(() -> UnbrokenRuns.check(" " + "字".repeat(64) + "。", 64)).doesNotThrowAnyException();
    }

    @Test
    void findsNoRunInAnEmptyText() {
        assertThat(UnbrokenRuns.longest("")).isZero();
    }
}
