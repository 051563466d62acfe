package io.deepsuite.audit.query;

import io.deepsuite.audit.database.DatabaseFailureStore;
import io.deepsuite.audit.event.EventBytes;
import io.deepsuite.audit.query.MergedEventQuery.Range;
import io.deepsuite.audit.query.MergedEventQuery.Span;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Reads pages that are merged from ranges of an index. Uses the pool directly: arrays are beyond Hibernate Reactive. */
@ApplicationScoped
public class MergedEventStore implements RangeSearch {

    /**
     * Of the newest events the planner knows nothing yet, and takes them for few: it would read all that a value has since then, and sort it, where the index has the
     * order.
     */
    private static final String IN_THE_ORDER_OF_THE_INDEX = "SET LOCAL enable_sort = off";

    private final Pool pool;
    private final QueryConfig config;

    MergedEventStore(Pool pool, QueryConfig config) {
        this.pool = pool;
        this.config = config;
    }

    @Override
    public Uni<List<FoundEvent>> list(AuditEventRequest request, Range range, int perValue, Span span) {
        var query = MergedEventQuery.of(request, range, perValue, span);
        return DatabaseFailureStore.told(
                pool.withTransaction(connection -> connection
                                .query(IN_THE_ORDER_OF_THE_INDEX)
                                .execute()
                                .chain(() ->
                                        connection.preparedQuery(query.sql()).execute(Tuple.from(query.parameters()))))
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
