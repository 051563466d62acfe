package io.deepsuite.audit.completeness;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bodies of the answers about sources. */
final class SourceAnswers {

    /** Most gaps that are listed of one source. */
    static final int LISTED = 100;

    private SourceAnswers() {}

    /**
     * All sources.
     *
     * @param complete whether nothing is missing of any, and none ended at an unknown number
     */
    record Sources(boolean complete, List<Source> sources) {

        static Sources of(List<SourceReport> reports) {
            return new Sources(
                    reports.stream().allMatch(report -> report.state().isWhole()),
                    reports.stream().map(Source::of).toList());
        }
    }

    /**
     * One source.
     *
     * @param watermark nothing is missing up to this number
     * @param highest highest number that has arrived
     * @param lastSequence its last number, once it has ended; null before
     * @param lastArrival RFC 3339; null if nothing has arrived
     * @param missingCount how many numbers are missing
     * @param gapCount how many gaps they make
     * @param missing the first {@value #LISTED} of these gaps
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
            long missingCount,
            int gapCount,
            List<Gap> missing) {

        private static Source of(SourceReport report) {
            return new Source(
                    report.source().service(),
                    report.source().instance(),
                    report.source().boot(),
                    report.state().name(),
                    report.watermark(),
                    report.highest(),
                    report.end().isPresent() ? report.end().getAsLong() : null,
                    report.lastArrival().map(Object::toString).orElse(null),
                    report.missingCount(),
                    report.gaps().size(),
                    report.gaps().stream()
                            .limit(LISTED)
                            .map(gap ->
                                    new Gap(gap.numbers().first(), gap.numbers().last()))
                            .toList());
        }
    }

    /** Missing numbers, both ends included. */
    record Gap(long from, long to) {}
}
