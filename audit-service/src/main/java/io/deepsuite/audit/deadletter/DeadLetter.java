package io.deepsuite.audit.deadletter;

import io.deepsuite.audit.event.EventFault;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One record to put aside.
 *
 * @param fault why
 * @param detail one sentence with the offending and the expected value; no payload
 * @param record the record as received
 */
public record DeadLetter(EventFault fault, String detail, ConsumerRecord<byte[], byte[]> record) {}
