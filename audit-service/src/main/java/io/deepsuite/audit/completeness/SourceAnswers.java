package io.deepsuite.audit.completeness;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bodies of the answers about sources. */
final class SourceAnswers {

    private SourceAnswers() {}

    /**
     * All sources.
     *
     * @param complete whether nothing is missing of any
     */
    record Sources(boolean complete, List<Source> sources) {

        static Sources of(List<SourceReport> reports) {
            var sources = reports.stream().map(Source::of).toList();
            return new Sources(
                    sources.stream().allMatch(source -> source.missing().isEmpty()), sources);
        }
    }

    /**
     * One source.
     *
     * @param watermark nothing is missing up to this number
     * @param highest highest number that has arrived
     * @param lastSequence its last number, once it has ended; null before
     * @param lastArrival RFC 3339; null if nothing has arrived
     */
    record Source(
            String service,
            String instance,
            long boot,
            String state,
            long watermark,
            long highest,
            @Nullable Long lastSequence,
            @Nullable String lastArrival,
            List<Gap> missing) {

        private static Source of(SourceReport report) {
            return new Source(
                    report.source().service(),
                    report.source().instance(),
                    report.source().boot(),
                    report.state().name(),
                    report.progress().watermark(),
                    report.progress().highest(),
                    report.end().isPresent() ? report.end().getAsLong() : null,
                    report.lastArrival().map(Object::toString).orElse(null),
                    report.gaps().stream()
                            .map(gap -> new Gap(gap.first(), gap.last()))
                            .toList());
        }
    }

    /** Missing numbers, both ends included. */
    record Gap(long from, long to) {}
}
