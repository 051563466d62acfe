package io.deepsuite.audit.query;

import io.deepsuite.audit.database.DatabaseFailureStore;
import io.deepsuite.audit.event.EventBytes;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Reads the sealed events of persons, by their keys. Uses the pool directly: arrays are beyond Hibernate Reactive.
 *
 * <p>A person may have thousands of keys, and nothing but the key leads from an event to its person. The newest keys fill the page in most cases; all others
 * are then asked only for what is not older than its end, which lets the database leave out whole months.
 */
@ApplicationScoped
public class SubjectEventStore {

    private static final int NEWEST_KEYS = 64;

    private final Pool pool;
    private final QueryConfig config;

    SubjectEventStore(Pool pool, QueryConfig config) {
        this.pool = pool;
        this.config = config;
    }

    /**
     * Events that one of the keys sealed and that fit the request: all that belong on the page, and perhaps some that do not fit on it any more.
     *
     * @param keys newest first
     */
    Uni<List<FoundEvent>> list(AuditEventRequest request, List<UUID> keys) {
        if (keys.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        var newest = keys.subList(0, Math.min(NEWEST_KEYS, keys.size()));
        var others = keys.subList(newest.size(), keys.size());
        return select(SubjectEventQuery.of(request, newest, Optional.empty()))
                .chain(first -> others.isEmpty()
                        ? Uni.createFrom().item(first)
                        : select(SubjectEventQuery.of(request, others, end(request, first)))
                                .map(more -> Stream.concat(first.stream(), more.stream())
                                        .toList()));
    }

    /** What is older than this is on no page any more; empty when there is room on it. */
    private static Optional<Instant> end(AuditEventRequest request, List<FoundEvent> found) {
        return found.size() > request.limit() ? Optional.of(found.getLast().occurredAt()) : Optional.empty();
    }

    private Uni<List<FoundEvent>> select(SubjectEventQuery query) {
        return DatabaseFailureStore.told(
                pool.preparedQuery(query.sql())
                        .execute(Tuple.from(query.parameters()))
                        .map(rows -> rows.stream().map(SubjectEventStore::event).toList()),
                config.timeout());
    }

    private static FoundEvent event(Row row) {
        return new FoundEvent(
                row.getOffsetDateTime(0).toInstant(),
                row.getUUID(1),
                new EventBytes(row.getBuffer(2).getBytes()));
    }
}
