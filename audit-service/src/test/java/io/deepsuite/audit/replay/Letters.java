package io.deepsuite.audit.replay;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Dead letters for tests. */
final class Letters {

    static final String TOPIC = "deepsuite.audit.v1.dead-letter";

    private Letters() {}

    /** A record of the dead letters' topic whose value is no event. */
    static ConsumerRecord<byte[], byte[]> record(int partition, long offset, String reason) {
        var headers = new RecordHeaders();
        headers.add("ce_id", bytes("abc"));
        headers.add("dead-letter-reason", bytes(reason));
        headers.add("dead-letter-detail", bytes("why"));
        headers.add("dead-letter-topic", bytes("deepsuite.audit.v1"));
        headers.add("dead-letter-partition", bytes("2"));
        headers.add("dead-letter-offset", bytes("717"));
        return new ConsumerRecord<>(
                TOPIC,
                partition,
                offset,
                0,
                TimestampType.CREATE_TIME,
                1,
                1,
                new byte[] {1},
                new byte[] {2},
                headers,
                Optional.empty());
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
