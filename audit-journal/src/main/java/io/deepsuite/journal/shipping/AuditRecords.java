package io.deepsuite.journal.shipping;

import com.google.protobuf.InvalidProtocolBufferException;
import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.Source;
import io.deepsuite.audit.v1.SubjectKey;
import io.deepsuite.journal.file.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Makes Kafka records of journal records: the stored bytes as they are, the source as the key, CloudEvents 1.0 attributes as headers (binary mode). */
final class AuditRecords {

    private static final String TYPE = "io.deepsuite.audit.v1.AuditEvent";

    private final String topic;
    private final String keyTopic;

    AuditRecords(String topic, String keyTopic) {
        this.topic = topic;
        this.keyTopic = keyTopic;
    }

    /**
     * The key of a person that came with a record: its id as the key, so that compaction keeps one of each.
     *
     * @throws InvalidProtocolBufferException if it is no key, which the record's checksum rules out
     */
    Optional<ProducerRecord<String, byte[]>> keyToKafka(StoredRecord record) throws InvalidProtocolBufferException {
        if (record.key().isEmpty()) {
            return Optional.empty();
        }
        var id = SubjectKey.parseFrom(record.key()).getKeyId();
        return Optional.of(new ProducerRecord<>(keyTopic, null, id, record.key().toByteArray()));
    }

    /** @throws InvalidProtocolBufferException if the payload is no event, which its checksum rules out */
    ProducerRecord<String, byte[]> toKafka(StoredRecord record) throws InvalidProtocolBufferException {
        AuditEvent event = AuditEvent.parseFrom(record.payload());
        String key = key(event.getSource());
        List<Header> headers = List.of(
                header("ce_specversion", "1.0"),
                header("ce_id", event.getId()),
                header("ce_type", TYPE),
                header("ce_source", "/deepsuite/" + key),
                header("ce_time", time(event).toString()),
                header("content-type", "application/protobuf"));
        return new ProducerRecord<>(topic, null, key, record.payload().toByteArray(), headers);
    }

    /** One unbroken sequence, so one partition. */
    private static String key(Source source) {
        return source.getService() + '/' + source.getInstance() + '/' + source.getBoot();
    }

    private static Instant time(AuditEvent event) {
        return Instant.ofEpochSecond(
                event.getTime().getSeconds(), event.getTime().getNanos());
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
