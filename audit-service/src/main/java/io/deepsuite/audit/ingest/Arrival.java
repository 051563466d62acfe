package io.deepsuite.audit.ingest;

import io.deepsuite.audit.event.IncomingEvent;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A valid event and the record it came in.
 *
 * @param record where it stands in the topic
 * @param event what it says
 */
record Arrival(ConsumerRecord<byte[], byte[]> record, IncomingEvent event) {}
