package io.deepsuite.audit.ingest;

import org.apache.kafka.common.TopicPartition;

/**
 * Part of a partition that one transaction moves the position over.
 *
 * @param partition topic and partition
 * @param firstOffset position before
 * @param nextOffset position after; greater than the first
 * @param events events stored
 * @param duplicates events that were stored before
 * @param deadLetters records put aside
 */
record Span(TopicPartition partition, long firstOffset, long nextOffset, int events, int duplicates, int deadLetters) {}
