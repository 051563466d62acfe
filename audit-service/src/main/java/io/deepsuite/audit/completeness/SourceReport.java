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
 * @param watermark nothing is missing up to this number; 0 at first
 * @param highest highest number that has arrived; 0 if none has
 * @param end its last number, once known
 * @param lastArrival when something of it last arrived (UTC); empty if nothing ever did
 * @param gaps numbers that have not arrived although they exist, in order
 * @param followed how long ago something of a later boot of the same instance arrived; empty for the latest boot
 */
public record SourceReport(
        SourceId source,
        long watermark,
        long highest,
        OptionalLong end,
        Optional<Instant> lastArrival,
        List<SourceGap> gaps,
        Optional<Duration> followed) {

    public SourceReport {
        gaps = List.copyOf(gaps);
    }

    /** How it stands with a source. */
    public enum State {
        /** Nothing is missing so far, and more may come. */
        OPEN,
        /** It has ended, and all of it has arrived. */
        COMPLETE,
        /** Nothing is missing so far, nothing more will come, and nobody has told its last number: its last events may be missing. */
        END_UNKNOWN,
        /** Numbers are missing. */
        MISSING;

        /** Whether nothing is known to be missing, and nothing is in doubt. */
        public boolean isWhole() {
            return this == OPEN || this == COMPLETE;
        }
    }

    /** How it stands with this source. */
    public State state() {
        if (!gaps.isEmpty()) {
            return State.MISSING;
        }
        if (end.isPresent()) {
            return State.COMPLETE;
        }
        return followed.isPresent() ? State.END_UNKNOWN : State.OPEN;
    }

    /** The missing numbers as text, such as {@code 2, 5 to 7}, the first gaps only; empty if none. */
    public String missing() {
        return SourceFault.named(gaps.stream().map(SourceGap::numbers).toList());
    }

    /** How many numbers are missing. */
    public long missingCount() {
        return gaps.stream().mapToLong(gap -> gap.numbers().count()).sum();
    }

    /**
     * What is wrong with this source; empty if nothing is.
     *
     * @param grace what is wrong for less long does not count yet
     */
    public Optional<SourceFault> fault(Duration grace) {
        var late = gaps.stream()
                .filter(gap -> gap.visible().compareTo(grace) >= 0)
                .map(SourceGap::numbers)
                .toList();
        boolean endUnknown = end.isEmpty()
                && followed.filter(since -> since.compareTo(grace) >= 0).isPresent();
        return late.isEmpty() && !endUnknown ? Optional.empty() : Optional.of(new SourceFault(late, endUnknown));
    }
}
