package io.deepsuite.audit.ingest;

import io.deepsuite.audit.event.Events;
import io.deepsuite.audit.v1.AuditEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A poll's records for tests. */
final class Records {

    static final TopicPartition FIRST = new TopicPartition("deepsuite.audit.v1", 0);
    static final TopicPartition SECOND = new TopicPartition("deepsuite.audit.v1", 1);

    private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();

    Records event(TopicPartition partition, long offset, AuditEvent.Builder event) {
        return value(partition, offset, event.build().toByteArray());
    }

    Records event(TopicPartition partition, long offset) {
        return event(partition, offset, Events.event(offset + 1 + 1000L * partition.partition()));
    }

    Records value(TopicPartition partition, long offset, byte @Nullable [] value) {
        records.computeIfAbsent(partition, _ -> new ArrayList<>())
                .add(new ConsumerRecord<>(
                        partition.topic(),
                        partition.partition(),
                        offset,
                        "model-service/model-0/1".getBytes(StandardCharsets.UTF_8),
                        value));
        return this;
    }

    ConsumerRecord<byte[], byte[]> record(TopicPartition partition, int index) {
        return records.getOrDefault(partition, List.of()).get(index);
    }

    Map<TopicPartition, List<Reading>> readings() {
        Map<TopicPartition, List<Reading>> readings = new HashMap<>();
        records.forEach((partition, ofPartition) -> readings.put(partition, Reading.readAll(ofPartition)));
        return readings;
    }
}
