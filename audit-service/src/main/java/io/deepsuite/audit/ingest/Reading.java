package io.deepsuite.audit.ingest;

import io.deepsuite.audit.event.AuditEventProtoMapper;
import io.deepsuite.audit.event.ReadEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * A record and what its value turned out to be.
 *
 * @param record the record as received
 * @param result the event, or what is wrong with it
 */
record Reading(ConsumerRecord<byte[], byte[]> record, ReadEvent result) {

    /** Reads a poll's records, in offset order within each partition. */
    static Map<TopicPartition, List<Reading>> readAll(ConsumerRecords<byte[], byte[]> records) {
        Map<TopicPartition, List<Reading>> readings = new HashMap<>();
        for (var partition : records.partitions()) {
            readings.put(
                    partition,
                    records.records(partition).stream()
                            .map(record -> new Reading(record, AuditEventProtoMapper.read(record.value())))
                            .toList());
        }
        return readings;
    }
}
