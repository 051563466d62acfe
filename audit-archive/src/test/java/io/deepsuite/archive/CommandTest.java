package io.deepsuite.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandTest {

    @Test
    void readsWhatItIsAskedToDo() {
        assertThat(Command.of()).isEqualTo(new Command.Keep());
        assertThat(Command.of("list")).isEqualTo(new Command.ListMonths());
        assertThat(Command.of("restore", "2026-08"))
                .isEqualTo(new Command.Restore(YearMonth.of(2026, 8), Duration.ofDays(30)));
        assertThat(Command.of("restore", "2026-08", "3650"))
                .isEqualTo(new Command.Restore(YearMonth.of(2026, 8), Duration.ofDays(3650)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            list 2026-08          | list 2026-08 (expected: nothing, list, or restore MONTH [DAYS])
            restore               | restore (expected: nothing
            drop 2026-08          | drop 2026-08 (expected: nothing
            restore 2026-13       | MONTH: 2026-13 (expected: a month such as 2026-08)
            restore 2026-08 0     | DAYS: 0 (expected: 1 to 3650)
            restore 2026-08 3651  | DAYS: 3651 (expected: 1 to 3650)
            restore 2026-08 1 day | restore 2026-08 1 day (expected: nothing
            """)
    void refusesTheRest(String words, String expected) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Command.of(words.split(" ")))
                .withMessageContaining(expected);
    }
}
