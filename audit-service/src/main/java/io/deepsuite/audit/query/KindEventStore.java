package io.deepsuite.audit.query;

import io.deepsuite.audit.query.MergedEventQuery.Range;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/**
 * Reads the events of some kinds. A page needs little of each kind, and of most nothing. So a few of each are read first; the page that they make ends where the true
 * page does, or is older there. Nothing older than that is of interest then, which spares the rest of most kinds, and whole months.
 */
@ApplicationScoped
public class KindEventStore {

    /** Of a kind, at first, at least. */
    private static final int FEW = 4;

    private final RangeSearch ranges;

    KindEventStore(RangeSearch ranges) {
        this.ranges = ranges;
    }

    /** The newest events of the kinds that fit the request, at most one more than its page holds. */
    Uni<List<FoundEvent>> list(AuditEventRequest request, List<Integer> kinds) {
        var range = new Range.Kinds(kinds);
        int most = request.limit() + 1;
        int few = kinds.isEmpty() ? most : Math.max(FEW, FEW * most / kinds.size());
        if (few >= most) {
            return ranges.list(request, range, most, Optional.empty());
        }
        return ranges.list(request, range, few, Optional.empty())
                .chain(first -> ranges.list(request, range, most, RangeSearch.end(request, first)));
    }
}
