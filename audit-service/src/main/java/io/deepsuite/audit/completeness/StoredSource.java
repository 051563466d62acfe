package io.deepsuite.audit.completeness;

import io.deepsuite.audit.event.SourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the database knows of a source.
 *
 * @param source the source
 * @param watermark nothing is missing up to this number, and perhaps further
 * @param beyond what has arrived behind the watermark, in order
 * @param end its last number, once known
 * @param endKnown how long that is known; zero if it is not
 * @param begun how long ago its first number arrived; zero if nothing did
 * @param lastArrival when something of it last arrived (UTC); empty if nothing ever did
 */
record StoredSource(
        SourceId source,
        long watermark,
        List<Island> beyond,
        OptionalLong end,
        Duration endKnown,
        Duration begun,
        Optional<Instant> lastArrival) {

    StoredSource {
        beyond = List.copyOf(beyond);
    }

    /**
     * Numbers that have arrived behind a gap, or behind others.
     *
     * @param numbers the numbers
     * @param begun how long ago the first of them arrived
     */
    record Island(NumberRun numbers, Duration begun) {}

    /**
     * How complete the sources are.
     *
     * @param sources by service, instance and boot
     */
    static List<SourceReport> reports(List<StoredSource> sources) {
        List<SourceReport> latestFirst = new ArrayList<>(sources.size());
        Optional<SourceId> later = Optional.empty();
        var since = Duration.ZERO;
        for (var stored : sources.reversed()) {
            var source = stored.source();
            boolean isFollowed = later.filter(boot -> boot.service().equals(source.service())
                            && boot.instance().equals(source.instance()))
                    .isPresent();
            latestFirst.add(stored.report(isFollowed ? Optional.of(since) : Optional.empty()));
            var seen = longest(stored.begun(), stored.endKnown());
            since = isFollowed ? longest(since, seen) : seen;
            later = Optional.of(source);
        }
        return List.copyOf(latestFirst.reversed());
    }

    private SourceReport report(Optional<Duration> followed) {
        var progress = new SourceProgress(watermark, List.of())
                .plus(beyond.stream().map(Island::numbers).toList());
        return new SourceReport(
                source, progress.watermark(), progress.highest(), end, lastArrival, gaps(progress), followed);
    }

    /** A gap is known since the first of what lies behind it arrived. */
    private List<SourceGap> gaps(SourceProgress progress) {
        List<SourceGap> highestFirst = new ArrayList<>();
        var visible = Duration.ZERO;
        int next = beyond.size() - 1;
        for (var gap : progress.gaps(end.orElse(0)).reversed()) {
            if (gap.last() <= end.orElse(0)) {
                visible = longest(visible, endKnown);
            }
            for (; next >= 0 && beyond.get(next).numbers().first() > gap.last(); next--) {
                visible = longest(visible, beyond.get(next).begun());
            }
            highestFirst.add(new SourceGap(gap, visible));
        }
        return highestFirst.reversed();
    }

    private static Duration longest(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
