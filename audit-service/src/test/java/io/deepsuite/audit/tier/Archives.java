package io.deepsuite.audit.tier;

import java.time.YearMonth;

/** Archives for tests. */
public final class Archives {

    private Archives() {}

    /** The archive of a month with 12 records. */
    public static Tier of(String month) {
        return new Tier(
                new ArchivedMonth(YearMonth.parse(month), "ab".repeat(32), "file:///archive/" + month + "/"), 12);
    }

    /** A month that is in its archive only since it left for the first time. */
    public static TierSnapshot.Month away(String month) {
        return new TierSnapshot.Month(of(month), true, 1);
    }

    /** A month that has left as often, and came back each time. */
    public static TierSnapshot.Month back(String month, long departures) {
        return new TierSnapshot.Month(of(month), false, departures);
    }
}
