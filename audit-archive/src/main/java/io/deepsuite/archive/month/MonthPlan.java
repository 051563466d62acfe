package io.deepsuite.archive.month;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.stream.LongStream;

/** Which months the store needs. */
public final class MonthPlan {

    private MonthPlan() {}

    /**
     * Months to make: the present one, those ahead, and those that were left out since the newest there is.
     *
     * @param present months that have a partition
     * @param now the time
     * @param ahead months to have behind the present one
     * @return oldest first
     */
    public static List<YearMonth> missing(Collection<YearMonth> present, Instant now, int ahead) {
        var current = YearMonth.from(now.atOffset(ZoneOffset.UTC));
        var first = present.stream()
                .max(YearMonth::compareTo)
                .map(newest -> newest.plusMonths(1))
                .filter(following -> following.isBefore(current))
                .orElse(current);
        return LongStream.rangeClosed(0, first.until(current.plusMonths(ahead), ChronoUnit.MONTHS))
                .mapToObj(first::plusMonths)
                .filter(month -> !present.contains(month))
                .toList();
    }
}
