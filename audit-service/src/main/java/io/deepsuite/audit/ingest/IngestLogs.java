package io.deepsuite.audit.ingest;

import io.deepsuite.audit.seal.LogGrowth;
import io.deepsuite.audit.seal.LogGrowthStore;
import io.deepsuite.proof.merkle.Frontier;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the logs of this consumer's partitions have come. Like positions a hint that saves reading it with every batch: the database keeps out whoever is
 * mistaken.
 */
@ApplicationScoped
public class IngestLogs {

    private final LogGrowthStore store;
    private final Map<Integer, Frontier> trees = new ConcurrentHashMap<>();

    IngestLogs(LogGrowthStore store) {
        this.store = store;
    }

    /** Gives the plan's events their places. */
    Uni<SealedPlan> seal(IngestPlan plan) {
        var unknown = plan.arrivals().stream()
                .map(arrival -> arrival.record().partition())
                .distinct()
                .filter(log -> !trees.containsKey(log))
                .toList();
        if (unknown.isEmpty()) {
            return Uni.createFrom().item(() -> SealedPlan.seal(plan, trees));
        }
        return store.trees(unknown)
                .invoke(stored -> unknown.forEach(log -> trees.put(log, stored.getOrDefault(log, Frontier.empty()))))
                .map(_ -> SealedPlan.seal(plan, trees));
    }

    /** Remembers what has been stored. */
    void grown(List<LogGrowth> growths) {
        growths.forEach(growth -> trees.put(growth.log(), growth.after()));
    }

    /** Forgets logs that somebody else may have grown. */
    void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> trees.remove(partition.partition()));
    }
}
