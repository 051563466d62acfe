package io.deepsuite.archive.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.archive.lifecycle.LifecycleRule.Action;
import java.time.Instant;
import java.time.Period;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifecyclePlanTest {

    private static final LifecycleRule RULE =
            new LifecycleRule(LifecycleReader.AUDIT_EVENTS, Period.ofDays(30), Action.ARCHIVE);

    private static final YearMonth AUGUST = YearMonth.of(2026, 8);
    private static final YearMonth SEPTEMBER = YearMonth.of(2026, 9);
    private static final YearMonth OCTOBER = YearMonth.of(2026, 10);

    @ParameterizedTest
    @CsvSource({"2026-09-30T23:59:59Z, false", "2026-10-01T00:00:00Z, true", "2030-01-01T00:00:00Z, true"})
    void aMonthIsDueWhenItsLastDayHasTheAge(Instant now, boolean due) {
        assertThat(LifecyclePlan.due(RULE, List.of(AUGUST), List.of(), now).contains(AUGUST))
                .isEqualTo(due);
    }

    @Test
    void doesTheOldestFirstAndNoneTwice() {
        assertThat(LifecyclePlan.due(
                        RULE,
                        List.of(OCTOBER, SEPTEMBER, AUGUST),
                        List.of(SEPTEMBER),
                        Instant.parse("2026-12-01T00:00:00Z")))
                .containsExactly(AUGUST, OCTOBER);
    }
}
