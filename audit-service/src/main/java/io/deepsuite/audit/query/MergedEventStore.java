package io.deepsuite.audit.query;

import io.deepsuite.audit.database.DatabaseFailureStore;
import io.deepsuite.audit.event.EventBytes;
import io.deepsuite.audit.query.MergedEventQuery.Range;
import io.deepsuite.audit.subject.SubjectKeyId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads pages that are merged from ranges of an index: the events of some kinds, or those of a person, by the keys that sealed them. Uses the pool directly: arrays
 * are beyond Hibernate Reactive.
 *
 * <p>A page needs little of each range, and of most nothing. So a little is read first; the end of the page that this makes is as new as the page's true end or older,
 * and then nothing older than that is of interest, which spares the rest of a range as well as whole months.
 */
@ApplicationScoped
public class MergedEventStore {

    /** Of a kind, at first, at least. */
    private static final int FEW = 4;

    /** Keys that are asked at first; thousands of hours may lie behind a person. */
    private static final int FIRST_KEYS = 64;

    private static final int GROWTH = 4;

    private final Pool pool;
    private final QueryConfig config;

    MergedEventStore(Pool pool, QueryConfig config) {
        this.pool = pool;
        this.config = config;
    }

    /** Events of the kinds that fit the request: all that belong on the page, and perhaps some that do not fit on it any more. */
    Uni<List<FoundEvent>> ofKinds(AuditEventRequest request, List<Integer> kinds) {
        if (kinds.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        var range = new Range.Kinds(kinds);
        int most = request.limit() + 1;
        int few = Math.max(FEW, GROWTH * most / kinds.size());
        if (few >= most) {
            return select(MergedEventQuery.of(request, range, most, Optional.empty()));
        }
        return select(MergedEventQuery.of(request, range, few, Optional.empty()))
                .chain(first -> select(MergedEventQuery.of(request, range, most, end(request, first))));
    }

    /**
     * Events that one of the keys sealed and that fit the request: all that belong on the page, and perhaps some that do not fit on it any more.
     *
     * @param keys newest first
     */
    Uni<List<FoundEvent>> ofKeys(AuditEventRequest request, List<SubjectKeyId> keys) {
        var start = request.after()
                .map(PageToken::occurredAt)
                .or(() -> request.filter().to());
        long newer = start.map(time -> keys.stream()
                        .takeWhile(key -> key.created().isAfter(time))
                        .count())
                .orElse(0L);
        // keys made after the page's begin hardly sealed anything that is on it, and are asked last
        var ordered = Stream.concat(keys.stream().skip(newer), keys.stream().limit(newer))
                .toList();
        return ofKeys(request, ordered, 0, FIRST_KEYS, List.of());
    }

    private Uni<List<FoundEvent>> ofKeys(
            AuditEventRequest request, List<SubjectKeyId> keys, int from, int count, List<FoundEvent> found) {
        if (from == keys.size()) {
            return Uni.createFrom().item(found);
        }
        var end = end(request, found);
        int to = end.isPresent() ? keys.size() : Math.min(keys.size(), from + count);
        var ids = keys.subList(from, to).stream().map(SubjectKeyId::id).toList();
        return select(MergedEventQuery.of(request, new Range.Keys(ids), request.limit() + 1, end))
                .map(more -> Stream.concat(found.stream(), more.stream())
                        .sorted(FoundEvent.NEWEST_FIRST)
                        .limit(request.limit() + 1L)
                        .toList())
                .chain(all -> ofKeys(request, keys, to, count * GROWTH, all));
    }

    /** What is older than this is on no page any more; empty when there is room on it. */
    private static Optional<Instant> end(AuditEventRequest request, List<FoundEvent> found) {
        return found.size() > request.limit()
                ? Optional.of(found.get(request.limit()).occurredAt())
                : Optional.empty();
    }

    private Uni<List<FoundEvent>> select(MergedEventQuery query) {
        return DatabaseFailureStore.told(
                pool.preparedQuery(query.sql())
                        .execute(Tuple.from(query.parameters()))
                        .map(rows -> rows.stream().map(MergedEventStore::event).toList()),
                config.timeout());
    }

    private static FoundEvent event(Row row) {
        return new FoundEvent(
                row.getOffsetDateTime(0).toInstant(),
                row.getUUID(1),
                new EventBytes(row.getBuffer(2).getBytes()));
    }
}
