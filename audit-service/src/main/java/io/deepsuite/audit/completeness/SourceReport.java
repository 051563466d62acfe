package io.deepsuite.audit.completeness;

import io.deepsuite.audit.event.SourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How complete a source is.
 *
 * @param source the source
 * @param progress what has arrived
 * @param end its last number, once known
 * @param lastArrival when something of it last arrived (UTC); empty if nothing ever did
 * @param late how long ago something arrived that shows the oldest gap; zero without one
 */
public record SourceReport(
        SourceId source, SourceProgress progress, OptionalLong end, Optional<Instant> lastArrival, Duration late) {

    /** How it stands with a source. */
    public enum State {
        /** Nothing is missing so far, and more may come. */
        OPEN,
        /** It has ended, and all of it has arrived. */
        COMPLETE,
        /** Numbers are missing. */
        MISSING
    }

    /** Numbers that have not arrived although they exist. */
    public List<NumberRun> gaps() {
        return progress.gaps(end.orElse(0));
    }

    /** How it stands with this source. */
    public State state() {
        if (!gaps().isEmpty()) {
            return State.MISSING;
        }
        return end.isPresent() ? State.COMPLETE : State.OPEN;
    }
}
