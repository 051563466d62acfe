package io.deepsuite.audit.ingest;

import io.deepsuite.audit.deadletter.DeadLetter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Records of a poll on their way into the store, and what the tries so far have taught. Used by one try at a time. */
final class Delivery {

    private final Map<TopicPartition, List<Reading>> readings;
    private final List<StoredIdentity> stored = new ArrayList<>();
    private final Set<ConsumerRecord<byte[], byte[]>> refused = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<ConsumerRecord<byte[], byte[]>> putAside = Collections.newSetFromMap(new IdentityHashMap<>());

    Delivery(Map<TopicPartition, List<Reading>> readings) {
        this.readings = new HashMap<>(readings);
    }

    /** Drops the partitions that the condition does not hold for. */
    void retain(Predicate<TopicPartition> condition) {
        readings.keySet().removeIf(condition.negate());
    }

    Set<TopicPartition> partitions() {
        return new HashSet<>(readings.keySet());
    }

    /** Offset of the partition's first record that is not stored, given its position; the position itself if there is none such. */
    long firstPending(TopicPartition partition, long position) {
        return readings.getOrDefault(partition, List.of()).stream()
                .mapToLong(reading -> reading.record().offset())
                .filter(offset -> offset >= position)
                .findFirst()
                .orElse(position);
    }

    /** Offset behind the partition's last record. */
    long end(TopicPartition partition) {
        return readings.getOrDefault(partition, List.of()).getLast().record().offset() + 1;
    }

    IngestPlan plan(Map<TopicPartition, Long> positions) {
        return IngestPlan.make(readings, positions, stored, refused);
    }

    /**
     * Remembers events of the store that share a key or a source position with the delivery.
     *
     * @return whether any of them is new
     */
    boolean know(Collection<StoredIdentity> found) {
        var before = new HashSet<>(stored);
        return stored.addAll(found.stream().filter(one -> !before.contains(one)).toList());
    }

    /** Remembers a record whose values the database does not take. */
    void refuse(ConsumerRecord<byte[], byte[]> record) {
        refused.add(record);
    }

    boolean notPutAside(DeadLetter letter) {
        return !putAside.contains(letter.record());
    }

    void markPutAside(DeadLetter letter) {
        putAside.add(letter.record());
    }
}
