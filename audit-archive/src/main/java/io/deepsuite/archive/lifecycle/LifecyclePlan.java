package io.deepsuite.archive.lifecycle;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;

/** Which months a rule is due for. */
public final class LifecyclePlan {

    private LifecyclePlan() {}

    /**
     * Months that have the rule's age and are not done.
     *
     * @param present months that have a partition
     * @param done months that the rule was carried out for
     * @param now the time
     * @return oldest first
     */
    public static List<YearMonth> due(
            LifecycleRule rule, Collection<YearMonth> present, Collection<YearMonth> done, Instant now) {
        return present.stream()
                .filter(month -> !done.contains(month))
                .filter(month -> !month.plusMonths(1)
                        .atDay(1)
                        .plus(rule.age())
                        .atStartOfDay()
                        .toInstant(ZoneOffset.UTC)
                        .isAfter(now))
                .sorted()
                .toList();
    }
}
