package io.deepsuite.audit.ingest;

import io.deepsuite.audit.completeness.SourceAdvance;
import io.deepsuite.audit.event.SourceEnd;
import io.deepsuite.audit.seal.LogGrowth;
import io.deepsuite.proof.merkle.Frontier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A plan whose events have their places in the logs.
 *
 * @param plan what to store
 * @param growths what it adds to each log, ordered by log
 * @param leaves leaf index of each of the plan's arrivals
 * @param advances what it brings of each source
 */
record SealedPlan(IngestPlan plan, List<LogGrowth> growths, List<Long> leaves, List<SourceAdvance> advances) {

    SealedPlan {
        growths = List.copyOf(growths);
        leaves = List.copyOf(leaves);
        advances = List.copyOf(advances);
    }

    /** The same with what it brings of each source. */
    SealedPlan with(List<SourceAdvance> brought) {
        return new SealedPlan(plan, growths, leaves, brought);
    }

    /** Sources that have ended, as events of the plan say. */
    List<SourceEnd> ends() {
        return plan.arrivals().stream()
                .flatMap(arrival -> arrival.event().end().stream())
                .toList();
    }

    /**
     * Gives each arrival the next place in the log of its partition. Records that are put aside and copies take none, so the log has no holes.
     *
     * @param trees how far the logs have come; a log that is not in the map is empty
     */
    static SealedPlan seal(IngestPlan plan, Map<Integer, Frontier> trees) {
        Map<Integer, List<byte[]>> events = new LinkedHashMap<>();
        List<Long> leaves = new ArrayList<>(plan.arrivals().size());
        for (var arrival : plan.arrivals()) {
            int log = arrival.record().partition();
            var ofLog = events.computeIfAbsent(log, _ -> new ArrayList<>());
            leaves.add(trees.getOrDefault(log, Frontier.empty()).size() + ofLog.size());
            ofLog.add(arrival.event().bytes().array());
        }
        var growths = events.entrySet().stream()
                .map(entry -> LogGrowth.of(
                        entry.getKey(), trees.getOrDefault(entry.getKey(), Frontier.empty()), entry.getValue()))
                .toList();
        return new SealedPlan(plan, growths, leaves, List.of());
    }
}
