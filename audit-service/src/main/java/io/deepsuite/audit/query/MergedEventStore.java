package io.deepsuite.audit.query;

import io.deepsuite.audit.database.DatabaseFailureStore;
import io.deepsuite.audit.event.EventBytes;
import io.deepsuite.audit.query.MergedEventQuery.Range;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads pages that are merged from ranges of an index. Uses the pool directly: arrays are beyond Hibernate Reactive. */
@ApplicationScoped
public class MergedEventStore {

    /** Of a kind, at first, at least. */
    private static final int FEW = 4;

    private final Pool pool;
    private final QueryConfig config;

    MergedEventStore(Pool pool, QueryConfig config) {
        this.pool = pool;
        this.config = config;
    }

    /**
     * Events of some kinds that fit the request: all that belong on the page, and perhaps some that do not fit on it any more.
     *
     * <p>A page needs little of each kind, and of most nothing. So a few of each are read first; the page that they make ends where the true page does, or is older
     * there. Nothing older than that is of interest then, which spares the rest of most kinds, and whole months.
     */
    Uni<List<FoundEvent>> ofKinds(AuditEventRequest request, List<Integer> kinds) {
        if (kinds.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        var range = new Range.Kinds(kinds);
        int most = request.limit() + 1;
        int few = Math.max(FEW, FEW * most / kinds.size());
        if (few >= most) {
            return list(request, range, most, Optional.empty());
        }
        return list(request, range, few, Optional.empty())
                .chain(first -> list(request, range, most, end(request, first)));
    }

    /**
     * The newest events of a range that fit the request, at most one more than its page holds.
     *
     * @param perValue most that are read of one value
     * @param notBefore nothing older is of interest
     */
    Uni<List<FoundEvent>> list(AuditEventRequest request, Range range, int perValue, Optional<Instant> notBefore) {
        var query = MergedEventQuery.of(request, range, perValue, notBefore);
        return DatabaseFailureStore.told(
                pool.preparedQuery(query.sql())
                        .execute(Tuple.from(query.parameters()))
                        .map(rows -> rows.stream().map(MergedEventStore::event).toList()),
                config.timeout());
    }

    /**
     * What is older than this is on no page any more; empty when there is room on it.
     *
     * @param found newest first
     */
    static Optional<Instant> end(AuditEventRequest request, List<FoundEvent> found) {
        return found.size() > request.limit()
                ? Optional.of(found.get(request.limit()).occurredAt())
                : Optional.empty();
    }

    private static FoundEvent event(Row row) {
        return new FoundEvent(
                row.getOffsetDateTime(0).toInstant(),
                row.getUUID(1),
                new EventBytes(row.getBuffer(2).getBytes()));
    }
}
