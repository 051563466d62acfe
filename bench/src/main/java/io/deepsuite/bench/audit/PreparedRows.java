package io.deepsuite.bench.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of the round at hand, made once for all ways of inserting. */
final class PreparedRows {

    private @Nullable SampleEvents round;
    private List<RowBatch> batches = List.of();

    /** Batches of a round; those of the round before are given up first, to have the heap of one. */
    List<RowBatch> of(SampleEvents events) {
        if (round != events) {
            batches = List.of();
            batches = RowBatch.all(events);
            round = events;
        }
        return batches;
    }
}
