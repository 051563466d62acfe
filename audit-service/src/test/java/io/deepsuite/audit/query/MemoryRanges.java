package io.deepsuite.audit.query;

import io.deepsuite.audit.event.EventBytes;
import io.deepsuite.audit.query.MergedEventQuery.Range;
import io.deepsuite.audit.query.MergedEventQuery.Span;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Events in memory that are found as {@link MergedEventQuery} finds them in the database. */
final class MemoryRanges implements RangeSearch {

    private final List<Placed> events = new ArrayList<>();

    /** Number of the next event; also its id's. */
    private long number;

    private long rowsRead;

    /** @param value of the indexed column */
    void add(Object value, Instant time) {
        events.add(new Placed(value, new FoundEvent(time, new UUID(0, number++), new EventBytes(new byte[0]))));
    }

    /** All events that belong on the request's page and the one behind it. */
    List<FoundEvent> page(AuditEventRequest request) {
        return events.stream()
                .map(Placed::event)
                .filter(event -> fits(request, event))
                .sorted(FoundEvent.NEWEST_FIRST)
                .limit(request.limit() + 1L)
                .toList();
    }

    /** Times of the events with a value. */
    List<Instant> times(Object value) {
        return events.stream()
                .filter(placed -> placed.value.equals(value))
                .map(placed -> placed.event.occurredAt())
                .toList();
    }

    long rowsRead() {
        return rowsRead;
    }

    @Override
    public Uni<List<FoundEvent>> list(AuditEventRequest request, Range range, int perValue, Span span) {
        var values = switch (range) {
            case Range.Keys(var ids) -> ids;
            case Range.Kinds(var numbers) -> numbers;
        };
        var found = new ArrayList<FoundEvent>();
        for (var value : values) {
            events.stream()
                    .filter(placed -> placed.value.equals(value))
                    .map(Placed::event)
                    .filter(event -> fits(request, event))
                    .filter(event -> span.notBefore().stream().noneMatch(event.occurredAt()::isBefore))
                    .filter(event -> span.notAfter().stream().noneMatch(event.occurredAt()::isAfter))
                    .sorted(FoundEvent.NEWEST_FIRST)
                    .limit(perValue)
                    .forEach(found::add);
        }
        rowsRead += found.size();
        return Uni.createFrom()
                .item(found.stream()
                        .sorted(FoundEvent.NEWEST_FIRST)
                        .limit(request.limit() + 1L)
                        .toList());
    }

    private static boolean fits(AuditEventRequest request, FoundEvent event) {
        var filter = request.filter();
        return filter.from().stream().noneMatch(event.occurredAt()::isBefore)
                && filter.to().stream().allMatch(event.occurredAt()::isBefore)
                && request.after().stream()
                        .allMatch(page -> FoundEvent.NEWEST_FIRST.compare(
                                        new FoundEvent(page.occurredAt(), page.id(), event.bytes()), event)
                                < 0);
    }

    private record Placed(Object value, FoundEvent event) {}
}
