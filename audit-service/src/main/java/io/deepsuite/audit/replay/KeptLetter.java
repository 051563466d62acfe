package io.deepsuite.audit.replay;

import io.deepsuite.audit.deadletter.DeadLetterClient;
import io.deepsuite.audit.event.AuditEventProtoMapper;
import io.deepsuite.audit.event.IncomingEvent;
import io.deepsuite.audit.event.ReadEvent;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A dead letter as it lies in its topic.
 *
 * @param record the record: original key, value and headers, and the headers that say why
 * @param event what its value is, as this version of the service reads it; empty if it is no event
 */
record KeptLetter(ConsumerRecord<byte[], byte[]> record, Optional<IncomingEvent> event) {

    private static final int MAX_DIGITS = 18;

    static KeptLetter of(ConsumerRecord<byte[], byte[]> record) {
        var read = AuditEventProtoMapper.read(record.value());
        return new KeptLetter(
                record,
                switch (read) {
                    case ReadEvent.Valid(var event) -> Optional.of(event);
                    case ReadEvent.Invalid _ -> Optional.empty();
                });
    }

    LetterPlace place() {
        return new LetterPlace(record.partition(), record.offset());
    }

    /** Name of the fault; empty if the record does not say. */
    String reason() {
        return text(DeadLetterClient.REASON_HEADER);
    }

    String detail() {
        return text(DeadLetterClient.DETAIL_HEADER);
    }

    /** Topic that it was read from. */
    String topic() {
        return text(DeadLetterClient.TOPIC_HEADER);
    }

    /** Partition that it was read from. */
    OptionalInt partition() {
        var number = number(DeadLetterClient.PARTITION_HEADER);
        return number.isPresent() && number.getAsLong() <= Integer.MAX_VALUE
                ? OptionalInt.of((int) number.getAsLong())
                : OptionalInt.empty();
    }

    /** Offset that it was read at. */
    OptionalLong offset() {
        return number(DeadLetterClient.OFFSET_HEADER);
    }

    /** Place of the letter that it is a replay of; empty for one that died the first time. */
    String replayOf() {
        return text(ReplayClient.OF_HEADER);
    }

    /** Bytes of its value. */
    int size() {
        return record.value() == null ? 0 : record.value().length;
    }

    private OptionalLong number(String header) {
        var text = text(header);
        return !text.isEmpty() && text.length() <= MAX_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9')
                ? OptionalLong.of(Long.parseLong(text))
                : OptionalLong.empty();
    }

    private String text(String name) {
        var header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
