package io.deepsuite.audit.ingest;

import io.deepsuite.audit.completeness.SourceAdvance;
import io.deepsuite.audit.completeness.SourceAdvanceStore;
import io.deepsuite.audit.completeness.SourceProgress;
import io.deepsuite.audit.event.SourceId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which numbers of the sources have arrived, as far as this consumer knows. Like positions a hint, never ahead of the database. */
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
        var unknown = numbers.keySet().stream()
                .filter(source -> !known.containsKey(source))
                .toList();
        return unknown.isEmpty()
                ? Uni.createFrom().item(() -> advances(numbers))
                : store.progress(unknown)
                        .invoke(stored -> unknown.forEach(
                                source -> known.put(source, stored.getOrDefault(source, SourceProgress.NONE))))
                        .map(_ -> advances(numbers));
    }

    private List<SourceAdvance> advances(Map<SourceId, Numbers> numbers) {
        return numbers.entrySet().stream()
                .map(entry -> {
                    var runs = SourceProgress.runs(entry.getValue().sequences());
                    return new SourceAdvance(
                            entry.getKey(),
                            entry.getValue().log(),
                            runs,
                            known.getOrDefault(entry.getKey(), SourceProgress.NONE)
                                    .plus(runs));
                })
                .toList();
    }

    /** Remembers what has been stored. */
    void advanced(List<SourceAdvance> advances) {
        advances.forEach(advance -> known.put(advance.source(), advance.after()));
    }

    /** Forgets everything: somebody else may have stored more. */
    void forget() {
        known.clear();
    }

    private record Numbers(int log, List<Long> sequences) {}
}
