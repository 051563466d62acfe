package io.deepsuite.audit.tier;

import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What was known at one moment of the months that a window reaches into and that ever left the store with records of the tenant. Whoever reads for longer than that
 * moment takes one before and one after it.
 *
 * @param months the newest first; none is ever taken off again
 */
public record TierSnapshot(List<Month> months) {

    public TierSnapshot {
        months = List.copyOf(months);
    }

    /**
     * One of the months.
     *
     * @param tier its archive
     * @param away whether its events are in the archive only
     * @param departures how often it has left, 1 or more
     */
    public record Month(Tier tier, boolean away, long departures) {

        private YearMonth month() {
            return tier.month().month();
        }
    }

    /** Archives that nobody searched at that moment, the newest first. */
    public List<Tier> archives() {
        return months.stream().filter(Month::away).map(Month::tier).toList();
    }

    /**
     * Archives of months that were away at any moment since another snapshot: who read the store in between may lack their events, even if they are back by now.
     *
     * @param before the earlier one, of the same window and tenant
     * @return the newest first
     */
    public List<Tier> archivesSince(TierSnapshot before) {
        Map<YearMonth, Month> known =
                before.months.stream().collect(Collectors.toMap(Month::month, Function.identity()));
        return months.stream()
                .filter(month -> month.away() || !month.equals(known.get(month.month())))
                .map(Month::tier)
                .toList();
    }
}
