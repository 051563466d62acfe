package io.deepsuite.audit.subject;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.deepsuite.audit.event.AuditEventProtoMapper;
import io.deepsuite.audit.v1.SubjectKey;
import io.deepsuite.journal.subject.Subject;
import io.deepsuite.journal.subject.WrappedKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads keys of persons from the records of their topic. */
final class SubjectKeyProtoMapper {

    private static final int HMAC_BYTES = 32;
    private static final int MAX_TENANT_BYTES = 256;
    private static final int MAX_WRAPPING_KEY_ID = 256;
    private static final int MAX_WRAPPED_BYTES = 8192;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private SubjectKeyProtoMapper() {}

    static ReadKey read(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return new ReadKey.Tombstone();
        }
        SubjectKey key;
        try {
            key = SubjectKey.parseFrom(record.value());
        } catch (InvalidProtocolBufferException malformed) {
            return new ReadKey.Invalid("value: %d bytes (expected: a SubjectKey)".formatted(record.value().length));
        }
        var id = AuditEventProtoMapper.canonicalUuid(key.getKeyId());
        if (id.isEmpty()) {
            return new ReadKey.Invalid("key_id: %d characters (expected: a UUID)"
                    .formatted(key.getKeyId().length()));
        }
        return check(key, id.get(), record);
    }

    private static ReadKey check(SubjectKey key, UUID id, ConsumerRecord<byte[], byte[]> record) {
        int tenant = key.getTenant().getBytes(StandardCharsets.UTF_8).length;
        if (tenant < 1 || tenant > MAX_TENANT_BYTES || key.getTenant().indexOf('\0') >= 0) {
            return new ReadKey.Invalid(
                    "tenant: %d bytes (expected: 1 to %d, no NUL)".formatted(tenant, MAX_TENANT_BYTES));
        }
        int subject = key.getSubject().size();
        int name = key.getSubjectName().size();
        if (subject != HMAC_BYTES || (name != HMAC_BYTES && name != 0)) {
            return new ReadKey.Invalid(
                    "subject: %d bytes, subject_name: %d (expected: %d)".formatted(subject, name, HMAC_BYTES));
        }
        int wrappingKeyId = key.getWrappingKeyId().length();
        if (wrappingKeyId < 1
                || wrappingKeyId > MAX_WRAPPING_KEY_ID
                || key.getWrappingKeyId().indexOf('\0') >= 0) {
            return new ReadKey.Invalid("wrapping_key_id: %d characters (expected: 1 to %d, no NUL)"
                    .formatted(wrappingKeyId, MAX_WRAPPING_KEY_ID));
        }
        int wrapped = key.getWrappedKey().size();
        if (wrapped < 1 || wrapped > MAX_WRAPPED_BYTES) {
            return new ReadKey.Invalid(
                    "wrapped_key: %d bytes (expected: 1 to %d)".formatted(wrapped, MAX_WRAPPED_BYTES));
        }
        long created = key.getCreated().getSeconds();
        if (created < 1 || created > LATEST.getEpochSecond()) {
            return new ReadKey.Invalid("created: %d s (expected: after 1970 and before 10000)".formatted(created));
        }
        return new ReadKey.Valid(new ArrivedKey(
                new Subject(key.getTenant(), hex(key.getSubject())),
                hex(key.getSubjectName()),
                new WrappedKey(id, key.getWrappingKeyId(), key.getWrappedKey()),
                Instant.ofEpochSecond(created),
                new TopicPartition(record.topic(), record.partition()),
                record.offset()));
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
