package io.deepsuite.audit.query;

import io.deepsuite.audit.query.MergedEventQuery.Range;
import io.deepsuite.audit.subject.SubjectKeyId;
import io.deepsuite.audit.subject.SubjectKeyWindow;
import io.deepsuite.audit.subject.SubjectService;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads the sealed events of persons. Nothing but the key leads from an event to its person, and a person has one for each hour and process, tens of thousands in a
 * year. But a key and its events are never far apart in time: the keys made shortly before where the page begins are asked first, then older ones until the page is
 * full, and at last those around the page's time that may have sealed one more event of it.
 */
@ApplicationScoped
public class PersonEventStore {

    private static final long FIRST_KEYS = 64;
    private static final long GROWTH = 4;

    private final SubjectService subjects;
    private final MergedEventStore merged;

    PersonEventStore(SubjectService subjects, MergedEventStore merged) {
        this.subjects = subjects;
        this.merged = merged;
    }

    /**
     * The newest events of a person that fit the request, at most one more than its page holds.
     *
     * @param actor id or name of the person
     */
    Uni<List<FoundEvent>> list(AuditEventRequest request, String actor) {
        return new Search(request, actor).fill(List.of(), 0, FIRST_KEYS);
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
            return keys(new SubjectKeyWindow(oldestKey, start, skip, most))
                    .chain(keys -> keys.isEmpty()
                            ? complete(found, skip)
                            : events(
                                            keys,
                                            found,
                                            SubjectKeyWindow.before(
                                                    keys.getLast().created()))
                                    .chain(all -> isFull(all) || keys.size() < most
                                            ? complete(all, skip + keys.size())
                                            : fill(all, skip + most, most * GROWTH)));
        }

        /** @param asked keys made before the page begins that were asked already, the newest */
        private Uni<List<FoundEvent>> complete(List<FoundEvent> found, long asked) {
            var end = MergedEventStore.end(request, found);
            var older = end.map(time -> SubjectKeyWindow.before(time).isAfter(oldestKey)
                            ? SubjectKeyWindow.before(time)
                            : oldestKey)
                    .map(from -> keys(SubjectKeyWindow.between(from, start, asked)))
                    .orElseGet(() -> Uni.createFrom().item(List.of()));
            var newer =
                    keys(SubjectKeyWindow.between(start.plus(1, ChronoUnit.MICROS), SubjectKeyWindow.behind(start), 0));
            return older.chain(before -> newer.map(behind -> joined(before, behind)))
                    .chain(keys -> keys.isEmpty()
                            ? Uni.createFrom().item(found)
                            : events(keys, found, end.orElse(SubjectKeyWindow.PAST)));
        }

        private boolean isFull(List<FoundEvent> found) {
            return MergedEventStore.end(request, found).isPresent();
        }

        private Uni<List<SubjectKeyId>> keys(SubjectKeyWindow window) {
            return subjects.keysOf(request.filter().tenant(), actor, window);
        }

        private Uni<List<FoundEvent>> events(List<SubjectKeyId> keys, List<FoundEvent> found, Instant notBefore) {
            var ids = keys.stream().map(SubjectKeyId::id).toList();
            return merged.list(request, new Range.Keys(ids), request.limit() + 1, Optional.of(notBefore))
                    .map(more -> joined(found, more).stream()
                            .sorted(FoundEvent.NEWEST_FIRST)
                            .limit(request.limit() + 1L)
                            .toList());
        }

        private static <T> List<T> joined(List<T> first, List<T> second) {
            return Stream.concat(first.stream(), second.stream()).toList();
        }
    }
}
