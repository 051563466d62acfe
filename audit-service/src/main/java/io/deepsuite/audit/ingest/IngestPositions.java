package io.deepsuite.audit.ingest;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Where the partitions of this consumer stand, as far as the database has told. A hint that saves reading it with every batch: the database itself keeps out
 * whoever is mistaken. Used by the polling thread and the consumer.
 */
@ApplicationScoped
public class IngestPositions {

    /** Times that a hole before a record is answered by going back to the position, before the records in it count as gone. */
    static final int GAP_RETRIES = 5;

    private final Map<TopicPartition, Integer> gapsSeen = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();
    private final Set<TopicPartition> assigned = ConcurrentHashMap.newKeySet();
    private final Map<TopicPartition, String> beyondEnd = new ConcurrentHashMap<>();

    /** Takes partitions over; their positions are not known yet. */
    void assign(Collection<TopicPartition> partitions) {
        partitions.forEach(positions::remove);
        partitions.forEach(gapsSeen::remove);
        assigned.addAll(partitions);
    }

    /** Gives partitions up. */
    void revoke(Collection<TopicPartition> partitions) {
        partitions.forEach(assigned::remove);
        partitions.forEach(positions::remove);
    }

    boolean isAssigned(TopicPartition partition) {
        return assigned.contains(partition);
    }

    /** Sets what the database has told, or what has just been written to it. */
    void set(TopicPartition partition, long position) {
        positions.put(partition, position);
        gapsSeen.remove(partition);
    }

    /** Forgets positions that turned out to be wrong. */
    void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(positions::remove);
    }

    /** Those of the partitions whose position is not known. */
    List<TopicPartition> unknown(Collection<TopicPartition> partitions) {
        return partitions.stream().filter(tp -> !positions.containsKey(tp)).toList();
    }

    /** Known positions of the partitions. */
    Map<TopicPartition, Long> known(Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> known = new HashMap<>();
        for (var partition : partitions) {
            var position = positions.get(partition);
            if (position != null) {
                known.put(partition, position);
            }
        }
        return known;
    }

    /** Known positions of all partitions. */
    Map<TopicPartition, Long> all() {
        return Map.copyOf(positions);
    }

    /**
     * Called when a partition's next record lies behind its position.
     *
     * @return whether to go back and ask Kafka for the records between; false once that has been tried often enough
     */
    boolean shouldGoBack(TopicPartition partition) {
        return gapsSeen.merge(partition, 1, Integer::sum) <= GAP_RETRIES;
    }

    /** Compares positions with the ends of their partitions. A position behind the end means that the topic is not the one that was stored: it was made anew, or cut. */
    void checkEnds(Map<TopicPartition, Long> positionsBefore, Map<TopicPartition, Long> ends) {
        positionsBefore.forEach((partition, position) -> {
            var end = ends.get(partition);
            if (end != null && position > end) {
                beyondEnd.put(
                        partition,
                        "%s: stored position %d (expected: at most its end, %d)".formatted(partition, position, end));
            }
        });
    }

    /** What is wrong with the topic; empty when nothing is. Stays until restart: records of another topic must not pass for the missing ones. */
    Optional<String> foreignTopic() {
        return beyondEnd.values().stream().findFirst();
    }
}
