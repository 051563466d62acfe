package io.deepsuite.audit.query;

import io.deepsuite.audit.query.MergedEventQuery.Range;
import io.deepsuite.audit.query.MergedEventQuery.Span;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Finds events by ranges of an index. */
interface RangeSearch {

    /**
     * The newest events of a range that fit the request, at most one more than its page holds; newest first.
     *
     * @param perValue most that are read of one value
     * @param span nothing outside is of interest
     */
    Uni<List<FoundEvent>> list(AuditEventRequest request, Range range, int perValue, Span span);

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
}
