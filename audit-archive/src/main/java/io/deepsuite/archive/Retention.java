package io.deepsuite.archive;

import io.deepsuite.archive.cold.ArchiveException;
import io.deepsuite.archive.cold.ColdDirectory;
import io.deepsuite.archive.cold.ColdStore;
import io.deepsuite.archive.cold.MonthArchiver;
import io.deepsuite.archive.lifecycle.LifecyclePlan;
import io.deepsuite.archive.lifecycle.LifecycleRule;
import io.deepsuite.archive.month.MonthException;
import io.deepsuite.archive.month.MonthPlan;
import io.deepsuite.archive.month.MonthStore;
import io.deepsuite.proof.bundle.BundleVerifier;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Main class of the job: 0 when the store is kept, 1 when something could not be done, 2 when a setting is wrong. What was done stays done. */
public final class Retention {
    private static final Logger LOGGER = LoggerFactory.getLogger(Retention.class);

    private final Settings settings;
    private final Optional<Archive> archive;
    private final InstantSource clock;

    private Retention(Settings settings, Optional<Archive> archive, InstantSource clock) {
        this.settings = settings;
        this.archive = archive;
        this.clock = clock;
    }

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
        Retention retention;
        try {
            var settings = Settings.of(environment);
            retention = new Retention(settings, settings.archiving().map(Archive::of), clock);
        } catch (IllegalArgumentException e) {
            LOGGER.error("setting refused: {}", e.getMessage());
            return 2;
        }
        try {
            return retention.keep() ? 0 : 1;
        } catch (MonthException | ArchiveException e) {
            LOGGER.error("audit store not kept: {}", e.getMessage());
            return 1;
        }
    }

    private boolean keep() {
        List<YearMonth> months;
        try (var store = MonthStore.open(settings.url(), settings.lockTimeout())) {
            makeAhead(store);
            months = store.months();
        }
        return archive.map(wanted -> archive(wanted, months)).orElse(true);
    }

    private void makeAhead(MonthStore store) {
        for (var month : MonthPlan.missing(store.months(), clock.instant(), settings.monthsAhead())) {
            store.add(month);
            LOGGER.info("month {} added", month);
        }
        long strays = store.strays();
        if (strays > 0) {
            LOGGER.warn("{} events at times that no month is there for; they stay in the default partition", strays);
        }
    }

    /** @return whether every month that is due is in the archive */
    private boolean archive(Archive wanted, List<YearMonth> months) {
        boolean all = true;
        try (var store = ColdStore.open(settings.url())) {
            var archiver = new MonthArchiver(store, wanted.directory(), clock);
            for (var rule : wanted.rules()) {
                for (var month : LifecyclePlan.due(rule, months, store.archived(), clock.instant())) {
                    all &= archive(archiver, month);
                }
            }
        }
        return all;
    }

    /** One month that cannot go must not hold up the others. */
    private static boolean archive(MonthArchiver archiver, YearMonth month) {
        try {
            LOGGER.info("month {} archived, {} events", month, archiver.archive(month));
            return true;
        } catch (ArchiveException e) {
            LOGGER.error("not archived: {}", e.getMessage());
            return false;
        }
    }

    /** Where months go, and when. */
    private record Archive(List<LifecycleRule> rules, ColdDirectory directory) {
        private static Archive of(Settings.Archiving settings) {
            Path root = settings.directory();
            return new Archive(
                    settings.rules(), new ColdDirectory(root, new BundleVerifier(settings.verifiers(), List.of())));
        }
    }
}
