package io.deepsuite.archive;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.YearMonth;

/** What the program is asked to do. */
sealed interface Command {

    /** What the job does daily. */
    record Keep() implements Command {}

    /** Say which months are in the archive. */
    record ListMonths() implements Command {}

    /**
     * Bring a month back.
     *
     * @param keep how long no rule lets it leave again, 1 to 3650 days
     */
    record Restore(YearMonth month, Duration keep) implements Command {}

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException naming what is wrong
     */
    static Command of(String... words) {
        if (words.length == 0) {
            return new Keep();
        }
        if (words[0].equals("list") && words.length == 1) {
            return new ListMonths();
        }
        if (words[0].equals("restore") && (words.length == 2 || words.length == 3)) {
            return new Restore(month(words[1]), days(words.length == 3 ? words[2] : "30"));
        }
        throw new IllegalArgumentException(
                String.join(" ", words) + " (expected: nothing, list, or restore MONTH [DAYS])");
    }

    private static YearMonth month(String word) {
        try {
            return YearMonth.parse(word);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("MONTH: " + word + " (expected: a month such as 2026-08)", e);
        }
    }

    private static Duration days(String word) {
        if (!word.matches("[1-9]\\d{0,3}") || Integer.parseInt(word) > 3650) {
            throw new IllegalArgumentException("DAYS: " + word + " (expected: 1 to 3650)");
        }
        return Duration.ofDays(Integer.parseInt(word));
    }
}
