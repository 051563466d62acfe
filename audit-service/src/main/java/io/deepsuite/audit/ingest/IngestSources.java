package io.deepsuite.audit.ingest;

import io.deepsuite.audit.completeness.SourceAdvance;
import io.deepsuite.audit.completeness.SourceAdvanceStore;
import io.deepsuite.audit.completeness.SourceProgress;
import io.deepsuite.audit.event.SourceId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which numbers of the sources have arrived, as far as this consumer knows. Like positions a hint, never ahead of the database; and no more of a source than its
 * {@value SourceProgress#MOST} newest gaps.
 */
@ApplicationScoped
public class IngestSources {

    private final SourceAdvanceStore store;
    private final Map<SourceId, SourceProgress> known = new ConcurrentHashMap<>();

    IngestSources(SourceAdvanceStore store) {
        this.store = store;
    }

    /** What the plan's events add to their sources. */
    Uni<List<SourceAdvance>> advance(IngestPlan plan) {
        Map<SourceId, Numbers> numbers = new LinkedHashMap<>();
        for (var arrival : plan.arrivals()) {
            var position = arrival.event().position();
            numbers.computeIfAbsent(
                            position.source(), _ -> new Numbers(arrival.record().partition(), new ArrayList<>()))
                    .sequences()
                    .add(position.sequence());
        }
        Map<SourceId, SourceProgress> before = new HashMap<>();
        List<SourceId> unknown = new ArrayList<>();
        for (var source : numbers.keySet()) {
            var progress = known.get(source);
            if (progress == null) {
                unknown.add(source);
            } else {
                before.put(source, progress);
            }
        }
        return unknown.isEmpty()
                ? Uni.createFrom().item(() -> advances(numbers, before))
                : store.progress(unknown).map(stored -> {
                    for (var source : unknown) {
                        var progress = stored.getOrDefault(source, SourceProgress.NONE);
                        before.put(source, progress);
                        known.putIfAbsent(source, progress);
                    }
                    return advances(numbers, before);
                });
    }

    private static List<SourceAdvance> advances(Map<SourceId, Numbers> numbers, Map<SourceId, SourceProgress> before) {
        return numbers.entrySet().stream()
                .map(entry -> {
                    var runs = SourceProgress.runs(entry.getValue().sequences());
                    return new SourceAdvance(
                            entry.getKey(),
                            entry.getValue().log(),
                            runs,
                            before.getOrDefault(entry.getKey(), SourceProgress.NONE)
                                    .plus(runs));
                })
                .toList();
    }

    /** Remembers what has been stored, beside what another partition has brought of the source meanwhile. What was forgotten in between stays forgotten. */
    void advanced(List<SourceAdvance> advances) {
        advances.forEach(advance -> known.computeIfPresent(
                advance.source(),
                (_, progress) -> progress.plus(advance.after()).newest(SourceProgress.MOST)));
    }

    /** Forgets everything: somebody else may have stored more. */
    void forget() {
        known.clear();
    }

    private record Numbers(int log, List<Long> sequences) {}
}
