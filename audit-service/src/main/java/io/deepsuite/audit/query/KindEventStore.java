package io.deepsuite.audit.query;

import io.deepsuite.audit.query.MergedEventQuery.Range;
import io.deepsuite.audit.query.MergedEventQuery.Span;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Reads the events of some kinds. A page needs little of each kind, and of most nothing. So a few of each are read first; the page that they make ends where the true
 * page does, or is older there. Nothing older than that is of interest then, which spares the rest of most kinds.
 *
 * <p>Looking for the newest event of a kind costs a look into every month. Where many kinds fit, some of them are common, and the page is found in the last day or
 * month, so that these are looked into first.
 */
@ApplicationScoped
public class KindEventStore {

    /** Of a kind, at first, at least. */
    private static final int FEW = 4;

    /** More kinds than this are many. */
    private static final int MANY = 16;

    private static final List<Duration> WINDOWS = List.of(Duration.ofDays(1), Duration.ofDays(30));

    private final RangeSearch ranges;
    private final InstantSource clock;

    KindEventStore(RangeSearch ranges, InstantSource clock) {
        this.ranges = ranges;
        this.clock = clock;
    }

    /** The newest events of the kinds that fit the request, at most one more than its page holds. */
    Uni<List<FoundEvent>> list(AuditEventRequest request, List<Integer> kinds) {
        var search = new Search(request, new Range.Kinds(kinds), kinds.size());
        return kinds.size() > MANY ? search.within(WINDOWS) : search.during(Span.ALL);
    }

    private final class Search {

        private final AuditEventRequest request;
        private final Range range;
        private final int most;
        private final int few;

        Search(AuditEventRequest request, Range range, int kinds) {
            this.request = request;
            this.range = range;
            this.most = request.limit() + 1;
            this.few = kinds == 0 ? most : Math.max(FEW, FEW * most / kinds);
        }

        /** @param windows how far back to look, one after the other until the page is full; then everything */
        Uni<List<FoundEvent>> within(List<Duration> windows) {
            if (windows.isEmpty()) {
                return during(Span.ALL);
            }
            return during(Span.from(begin().minus(windows.getFirst())))
                    .chain(found -> RangeSearch.end(request, found).isPresent()
                            ? Uni.createFrom().item(found)
                            : within(windows.subList(1, windows.size())));
        }

        /** All that belongs on the page and is within a span. */
        Uni<List<FoundEvent>> during(Span span) {
            return few >= most
                    ? ranges.list(request, range, most, span)
                    : ranges.list(request, range, few, span)
                            .chain(first -> ranges.list(
                                    request,
                                    range,
                                    most,
                                    RangeSearch.end(request, first)
                                            .map(Span::from)
                                            .orElse(span)));
        }

        /** Where the page begins, or before it. */
        private Instant begin() {
            return request.after()
                    .map(PageToken::occurredAt)
                    .or(() -> request.filter().to())
                    .filter(clock.instant()::isAfter)
                    .orElseGet(clock::instant);
        }
    }
}
