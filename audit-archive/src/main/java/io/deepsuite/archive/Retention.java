package io.deepsuite.archive;

import io.deepsuite.archive.month.MonthException;
import io.deepsuite.archive.month.MonthPlan;
import io.deepsuite.archive.month.MonthStore;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Main class of the job: 0 when the store is kept, 1 when something could not be done, 2 when a setting is wrong. What was done stays done. */
public final class Retention {
    private static final Logger LOGGER = LoggerFactory.getLogger(Retention.class);

    private Retention() {}

    /**
     * Keeps the store, and ends the process.
     *
     * @param arguments none; everything comes from the environment
     */
    public static void main(String[] arguments) {
        System.exit(run(System.getenv(), Clock.systemUTC()));
    }

    /** What the process ends with. */
    static int run(Map<String, String> environment, InstantSource clock) {
        Settings settings;
        try {
            settings = Settings.of(environment);
        } catch (IllegalArgumentException e) {
            LOGGER.error("setting refused: {}", e.getMessage());
            return 2;
        }
        try (var store = MonthStore.open(settings.url(), settings.lockTimeout())) {
            makeAhead(store, settings, clock);
            return 0;
        } catch (MonthException e) {
            LOGGER.error("audit store not kept: {}", e.getMessage());
            return 1;
        }
    }

    private static void makeAhead(MonthStore store, Settings settings, InstantSource clock) {
        for (var month : MonthPlan.missing(store.months(), clock.instant(), settings.monthsAhead())) {
            store.add(month);
            LOGGER.info("month {} added", month);
        }
        long strays = store.strays();
        if (strays > 0) {
            LOGGER.warn("{} events at times that no month is there for; they stay in the default partition", strays);
        }
    }
}
