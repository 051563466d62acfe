package io.deepsuite.audit.completeness;

import io.deepsuite.audit.event.SourceId;
import java.util.List;

/**
 * What a batch brings of a source.
 *
 * @param source the source
 * @param log number of the log that its events are sealed in
 * @param arrived numbers that the batch brings; at least one run
 * @param after progress with them
 */
public record SourceAdvance(SourceId source, int log, List<NumberRun> arrived, SourceProgress after) {

    public SourceAdvance {
        arrived = List.copyOf(arrived);
    }
}
