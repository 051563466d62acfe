package io.deepsuite.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void middleOfAnOddNumber() {
        assertThat(Spread.of(List.of(9.0, 1.0, 5.0))).isEqualTo(new Spread(5, 1, 9, 3));
    }

    @Test
    void meanOfTheTwoInTheMiddle() {
        assertThat(Spread.of(List.of(8.0, 1.0, 4.0, 2.0))).isEqualTo(new Spread(3, 1, 8, 4));
    }

    @Test
    void nothingMeasuredIsAMistake() {
        assertThatThrownBy(() -> Spread.of(List.of())).hasMessageContaining("expected: at least one");
    }
}
