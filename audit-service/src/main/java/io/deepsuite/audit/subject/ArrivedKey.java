package io.deepsuite.audit.subject;

import io.deepsuite.journal.subject.Subject;
import io.deepsuite.journal.subject.WrappedKey;
import java.time.Instant;
import org.apache.kafka.common.TopicPartition;

/**
 * A valid key of a person, ready to be stored.
 *
 * @param subject whose key it is
 * @param nameHmac what the person's name is found by, 64 lower-case hexadecimal characters; empty where there is no name
 * @param wrapped the key
 * @param created when it was made (UTC)
 * @param partition partition that it came from
 * @param offset its place there
 */
record ArrivedKey(
        Subject subject, String nameHmac, WrappedKey wrapped, Instant created, TopicPartition partition, long offset) {}
