package io.deepsuite.archive.month;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MonthPlanTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            nothing yet               | -               | 2026-11-28T10:00:00Z | 2 | 2026-11 2026-12 2027-01
            one more                  | 2026-11 2026-12 | 2026-11-28T10:00:00Z | 2 | 2027-01
            all there                 | 2026-11 2026-12 | 2026-11-28T10:00:00Z | 1 | -
            more than asked for       | 2026-11 2027-03 | 2026-11-28T10:00:00Z | 1 | 2026-12
            nobody ran it for months  | 2026-08         | 2026-11-28T10:00:00Z | 1 | 2026-09 2026-10 2026-11 2026-12
            a month begins in UTC     | 2026-11         | 2026-11-30T23:59:59Z | 1 | 2026-12
            and not a moment earlier  | 2026-11 2026-12 | 2026-12-01T00:00:00Z | 1 | 2027-01
            """)
    void makesWhatIsMissing(String what, String present, Instant now, int ahead, String expected) {
        assertThat(MonthPlan.missing(months(present), now, ahead)).as(what).containsExactlyElementsOf(months(expected));
    }

    private static List<YearMonth> months(String text) {
        return text == null
                ? List.of()
                : Stream.of(text.split(" ", -1)).map(YearMonth::parse).toList();
    }
}
