package io.deepsuite.archive;

import io.deepsuite.archive.cold.ArchiveException;
import io.deepsuite.archive.cold.ColdArchive;
import io.deepsuite.archive.cold.ColdStore;
import io.deepsuite.archive.cold.DropStore;
import io.deepsuite.archive.cold.MonthArchiver;
import io.deepsuite.archive.cold.MonthDropper;
import io.deepsuite.archive.cold.MonthRestorer;
import io.deepsuite.archive.cold.RestoreStore;
import io.deepsuite.archive.folder.FolderArchiver;
import io.deepsuite.archive.lifecycle.LifecyclePlan;
import io.deepsuite.archive.lifecycle.LifecycleReader;
import io.deepsuite.archive.lifecycle.LifecycleRule;
import io.deepsuite.archive.lifecycle.LifecycleRule.Action;
import io.deepsuite.archive.month.MonthException;
import io.deepsuite.archive.month.MonthPlan;
import io.deepsuite.archive.month.MonthStore;
import io.deepsuite.archive.place.ArchivePlace;
import io.deepsuite.proof.bundle.BundleVerifier;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
     * Keeps the store, or does what it is told, and ends the process.
     *
     * @param arguments none for what is done daily, or {@code list}, or {@code restore MONTH [DAYS]}; everything else comes from the environment
     */
    public static void main(String[] arguments) {
        System.exit(run(System.getenv(), Clock.systemUTC(), arguments));
    }

    /** What the process ends with. */
    static int run(Map<String, String> environment, InstantSource clock, String... arguments) {
        Retention retention;
        Command command;
        try {
            command = Command.of(arguments);
            var settings = Settings.of(environment);
            retention = new Retention(settings, settings.archiving().map(Archive::of), clock);
        } catch (IllegalArgumentException e) {
            LOGGER.error("setting refused: {}", e.getMessage());
            return 2;
        }
        try {
            boolean done = switch (command) {
                case Command.Keep _ -> retention.keep();
                case Command.ListMonths _ -> retention.list();
                case Command.Restore restore -> retention.restore(restore);
            };
            return done ? 0 : 1;
        } catch (MonthException | ArchiveException e) {
            LOGGER.error("audit store not kept: {}", e.getMessage());
            return 1;
        } finally {
            retention.archive.ifPresent(archive -> archive.months().close());
        }
    }

    private boolean keep() {
        List<YearMonth> months;
        try (var store = MonthStore.open(settings.url(), settings.lockTimeout())) {
            makeAhead(store);
            months = store.months();
        }
        boolean all = true;
        if (archive.isPresent()) {
            all = archive(archive.get(), months);
            all &= archive.get().folders(clock);
        }
        return all;
    }

    private boolean list() {
        try (var store = ColdStore.open(settings.url())) {
            for (var month : store.list()) {
                LOGGER.info(
                        "month {}, {} events, {}{}, {}",
                        month.month(),
                        month.events(),
                        month.stored() ? "in the store and the archive" : "in the archive only",
                        month.keepUntil()
                                .map(until -> ", brought back until " + until)
                                .orElse(""),
                        month.location());
            }
        }
        return true;
    }

    private boolean restore(Command.Restore restore) {
        if (archive.isEmpty()) {
            LOGGER.error("not restored: DEEPSUITE_ARCHIVE_LIFECYCLE, _DIRECTORY and _KEYS are not set");
            return false;
        }
        try (var store = ColdStore.open(settings.url());
                var restores = RestoreStore.open(settings.url(), settings.lockTimeout())) {
            var until = clock.instant().plus(restore.keep());
            long events = new MonthRestorer(store, archive.get().months(), restores).restore(restore.month(), until);
            LOGGER.info("month {} restored, {} events; it stays until {}", restore.month(), events, until);
        }
        return true;
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

    /** @return whether every month that is due is in the archive, or has left */
    private boolean archive(Archive wanted, List<YearMonth> months) {
        boolean all = true;
        try (var store = ColdStore.open(settings.url());
                var drops = DropStore.open(settings.url(), settings.lockTimeout())) {
            var archiver = new MonthArchiver(store, wanted.months(), clock);
            var dropper = new MonthDropper(store, wanted.months(), drops);
            for (var rule : wanted.ofMonths(Action.ARCHIVE)) {
                for (var month : LifecyclePlan.due(rule, months, store.archived(), clock.instant())) {
                    all &= archive(archiver, month);
                }
            }
            var now = clock.instant();
            var free = store.list().stream()
                    .filter(month -> month.stored()
                            && month.keepUntil().filter(now::isBefore).isEmpty())
                    .map(ColdStore.Listed::month)
                    .toList();
            for (var rule : wanted.ofMonths(Action.DELETE)) {
                for (var month : LifecyclePlan.due(rule, free, List.of(), now)) {
                    all &= drop(dropper, month);
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

    private static boolean drop(MonthDropper dropper, YearMonth month) {
        try {
            var dropped = dropper.drop(month);
            LOGGER.info("month {} dropped, {} events; {} late ones stay", month, dropped.events(), dropped.late());
            return true;
        } catch (ArchiveException e) {
            LOGGER.error("not dropped: {}", e.getMessage());
            return false;
        }
    }

    /** Where months and files go, and when. */
    private record Archive(
            List<LifecycleRule> rules, ColdArchive months, ArchivePlace place, Map<String, Path> folders) {

        /** A copy is made before anything is deleted, in whichever order the rules stand. */
        private Stream<LifecycleRule> of(Action action) {
            return rules.stream().filter(rule -> rule.action() == action);
        }

        private List<LifecycleRule> ofMonths(Action action) {
            return of(action)
                    .filter(rule -> rule.prefix().equals(LifecycleReader.AUDIT_EVENTS))
                    .toList();
        }

        /** @return whether every file that is due is in the archive, or has left */
        private boolean folders(InstantSource clock) {
            boolean all = true;
            for (var action : Action.values()) {
                for (var rule : of(action).toList()) {
                    var folder = folders.get(rule.prefix());
                    if (folder != null) {
                        all &= carryOut(rule, new FolderArchiver(rule.prefix(), folder, place, clock));
                    }
                }
            }
            return all;
        }

        private static boolean carryOut(LifecycleRule rule, FolderArchiver folder) {
            try {
                var outcome = switch (rule.action()) {
                    case ARCHIVE -> folder.archive(rule.age());
                    case DELETE -> folder.delete(rule.age());
                };
                LOGGER.info("{} of {}: {} files", rule.action(), rule.prefix(), outcome.done());
                return outcome.failed() == 0;
            } catch (IOException e) {
                LOGGER.error("not archived: {}: {}", rule.prefix(), e.getMessage());
                return false;
            }
        }

        private static Archive of(Settings.Archiving settings) {
            var rules = settings.rules();
            var verifier = new BundleVerifier(settings.verifiers(), List.of());
            var place = settings.place();
            return new Archive(rules, new ColdArchive(place, verifier), place, settings.folders());
        }
    }
}
