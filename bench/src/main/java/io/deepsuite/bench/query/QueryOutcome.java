package io.deepsuite.bench.query;

import io.deepsuite.bench.report.Latency;
import io.deepsuite.bench.report.Machine;
import io.deepsuite.devstack.layout.Packaging;
import java.util.List;

/**
 * What came out.
 *
 * @param machine before the measurements
 * @param loadAfter load average of the last minute, after them
 * @param packaging form of audit-service
 * @param store what was asked
 * @param single one event by its id: the least that a call costs
 * @param answers in the order of the questions
 */
record QueryOutcome(
        Machine machine,
        double loadAfter,
        Packaging packaging,
        StoreSize store,
        Latency single,
        List<Measured> answers) {

    /**
     * The store that was asked.
     *
     * @param rows events that were loaded
     * @param months partitions that hold them
     * @param gibibytes size of the database with its indexes
     * @param eventBytes mean size of an event
     * @param keys keys of persons
     * @param busiestKeys most keys of one person
     * @param sharedBuffers PostgreSQL's own cache
     */
    record StoreSize(
            long rows,
            int months,
            double gibibytes,
            double eventBytes,
            long keys,
            long busiestKeys,
            String sharedBuffers) {}

    /**
     * Pages of one question.
     *
     * @param filter name of the filter
     * @param sort how often its value is there
     * @param page number of the first page of these
     * @param events on the first page
     * @param latency of calls for the first page, or for so many pages one after the other
     */
    record Measured(String filter, Question.Sort sort, int page, int events, Latency latency) {}

    /** The page that takes longest, of 99 in 100 calls. */
    double worst() {
        return answers.stream()
                .mapToDouble(answer -> answer.latency().p99())
                .max()
                .orElseThrow();
    }
}
