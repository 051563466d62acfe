package io.deepsuite.audit.ingest;

import io.deepsuite.audit.event.AuditEventProtoMapper;
import io.deepsuite.audit.event.ReadEvent;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record and what its value turned out to be.
 *
 * @param record the record as received
 * @param result the event, or what is wrong with it
 */
record Reading(ConsumerRecord<byte[], byte[]> record, ReadEvent result) {

    /** Reads records, in their order. */
    static List<Reading> readAll(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .map(record -> new Reading(record, AuditEventProtoMapper.read(record.value())))
                .toList();
    }
}
