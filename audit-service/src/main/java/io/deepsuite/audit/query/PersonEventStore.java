package io.deepsuite.audit.query;

import io.deepsuite.audit.query.MergedEventQuery.Range;
import io.deepsuite.audit.query.MergedEventQuery.Span;
import io.deepsuite.audit.subject.SubjectKeyId;
import io.deepsuite.audit.subject.SubjectKeyWindow;
import io.deepsuite.audit.subject.SubjectService;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Reads the sealed events of persons. Nothing but the key leads from an event to its person, and a person has one for each hour and process, tens of thousands in a
 * year. But a key and its events are never far apart in time: the keys made shortly before where the page begins are asked first, then older ones until the page is
 * full, and at last those around the page's time that may have sealed one more event of it. The few late events are asked for by their own times.
 */
@ApplicationScoped
public class PersonEventStore {

    private static final long FIRST_KEYS = 64;
    private static final long GROWTH = 4;

    private final KeySearch keys;
    private final LateKeySearch lateKeys;
    private final RangeSearch ranges;

    @Inject
    PersonEventStore(SubjectService subjects, RangeSearch ranges) {
        this(subjects::keysOf, subjects::lateKeysOf, ranges);
    }

    PersonEventStore(KeySearch keys, LateKeySearch lateKeys, RangeSearch ranges) {
        this.keys = keys;
        this.lateKeys = lateKeys;
        this.ranges = ranges;
    }

    /** Finds keys of a person, as {@link SubjectService#keysOf} does. */
    interface KeySearch {

        Uni<List<SubjectKeyId>> keysOf(String tenant, String actor, SubjectKeyWindow window);
    }

    /** Finds keys of a person that sealed late events, as {@link SubjectService#lateKeysOf} does. */
    interface LateKeySearch {

        Uni<List<UUID>> lateKeysOf(String tenant, String actor, Instant from, Instant to);
    }

    /**
     * The newest events of a person that fit the request, at most one more than its page holds.
     *
     * @param actor id or name of the person
     */
    Uni<List<FoundEvent>> list(AuditEventRequest request, String actor) {
        var search = new Search(request, actor);
        return search.fill(List.of(), 0, FIRST_KEYS).chain(search::late);
    }

    private final class Search {

        private final AuditEventRequest request;
        private final String actor;
        private final Instant oldestKey;
        private final Instant start;

        Search(AuditEventRequest request, String actor) {
            this.request = request;
            this.actor = actor;
            this.oldestKey =
                    request.filter().from().map(SubjectKeyWindow::before).orElse(SubjectKeyWindow.PAST);
            this.start = request.after()
                    .map(PageToken::occurredAt)
                    .or(() -> request.filter().to())
                    .orElse(SubjectKeyWindow.FUTURE);
        }

        Uni<List<FoundEvent>> fill(List<FoundEvent> found, long skip, long most) {
            return made(new SubjectKeyWindow(oldestKey, start, skip, most))
                    .chain(next -> next.isEmpty() ? complete(found, skip) : fill(found, skip, most, next));
        }

        private Uni<List<FoundEvent>> fill(List<FoundEvent> found, long skip, long most, List<SubjectKeyId> next) {
            return events(next, found, SubjectKeyWindow.before(next.getLast().created()))
                    .chain(all -> isFull(all) || next.size() < most
                            ? complete(all, skip + next.size())
                            : fill(all, skip + most, most * GROWTH));
        }

        /** @param asked keys made before the page begins that were asked already, the newest */
        private Uni<List<FoundEvent>> complete(List<FoundEvent> found, long asked) {
            var end = RangeSearch.end(request, found);
            var older = end.map(time -> SubjectKeyWindow.before(time).isAfter(oldestKey)
                            ? SubjectKeyWindow.before(time)
                            : oldestKey)
                    .map(from -> made(SubjectKeyWindow.between(from, start, asked)))
                    .orElseGet(() -> Uni.createFrom().item(List.of()));
            var newer =
                    made(SubjectKeyWindow.between(start.plus(1, ChronoUnit.MICROS), SubjectKeyWindow.behind(start), 0));
            return older.chain(before -> newer.map(behind -> joined(before, behind)))
                    .chain(some -> some.isEmpty()
                            ? Uni.createFrom().item(found)
                            : events(some, found, end.orElse(SubjectKeyWindow.PAST)));
        }

        /** Adds the events that came so long after they were begun that their keys were not asked. */
        Uni<List<FoundEvent>> late(List<FoundEvent> found) {
            var end = RangeSearch.end(request, found)
                    .or(() -> request.filter().from())
                    .orElse(SubjectKeyWindow.PAST);
            return lateKeys.lateKeysOf(request.filter().tenant(), actor, end, start)
                    .chain(ids -> ids.isEmpty()
                            ? Uni.createFrom().item(found)
                            : ranges.list(request, new Range.Keys(ids), request.limit() + 1, Span.from(end))
                                    .map(more -> page(found, more)));
        }

        private boolean isFull(List<FoundEvent> found) {
            return RangeSearch.end(request, found).isPresent();
        }

        private Uni<List<SubjectKeyId>> made(SubjectKeyWindow window) {
            return keys.keysOf(request.filter().tenant(), actor, window);
        }

        private Uni<List<FoundEvent>> events(List<SubjectKeyId> some, List<FoundEvent> found, Instant notBefore) {
            var ids = some.stream().map(SubjectKeyId::id).toList();
            var newest = some.stream()
                    .map(SubjectKeyId::created)
                    .max(Comparator.naturalOrder())
                    .map(SubjectKeyWindow::behind);
            return ranges.list(
                            request, new Range.Keys(ids), request.limit() + 1, new Span(Optional.of(notBefore), newest))
                    .map(more -> page(found, more));
        }

        private List<FoundEvent> page(List<FoundEvent> found, List<FoundEvent> more) {
            // a key with late events has others, too, which may be among those found
            var events = new TreeSet<>(FoundEvent.NEWEST_FIRST);
            events.addAll(found);
            events.addAll(more);
            return events.stream().limit(request.limit() + 1L).toList();
        }

        private static <T> List<T> joined(List<T> first, List<T> second) {
            return Stream.concat(first.stream(), second.stream()).toList();
        }
    }
}
