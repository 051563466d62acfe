package io.deepsuite.audit.subject;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.deepsuite.audit.v1.SubjectKey;
import io.deepsuite.journal.subject.Subject;
import io.deepsuite.journal.subject.WrappedKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SubjectKeyProtoMapperTest {

    private static final String ID = "0190aaaa-0000-4000-8000-000000000001";

    @Test
    void readsAKey() {
        assertThat(SubjectKeyProtoMapper.read(record(key().build().toByteArray())))
                .isEqualTo(new ReadKey.Valid(new ArrivedKey(
                        new Subject("acme", "11".repeat(32)),
                        "22".repeat(32),
                        new WrappedKey(UUID.fromString(ID), "kek-1", ByteString.copyFromUtf8("wrapped")),
                        Instant.ofEpochSecond(1_795_341_600L),
                        new TopicPartition("keys", 2),
                        77)));
    }

    @Test
    void takesAPersonWithoutAName() {
        var read = SubjectKeyProtoMapper.read(
                record(key().clearSubjectName().build().toByteArray()));

        assertThat(read)
                .isInstanceOfSatisfying(
                        ReadKey.Valid.class,
                        valid -> assertThat(valid.key().nameHmac()).isEmpty());
    }

    @Test
    void knowsATombstone() {
        assertThat(SubjectKeyProtoMapper.read(record(null))).isEqualTo(new ReadKey.Tombstone());
    }

    record Faulty(String field, Consumer<SubjectKey.Builder> damage) {
        @Override
        public String toString() {
            return field;
        }
    }

    static Stream<Faulty> faultyKeys() {
        return Stream.of(
                new Faulty("key_id: 0 characters (expected: a UUID)", SubjectKey.Builder::clearKeyId),
                new Faulty("tenant: 0 bytes", SubjectKey.Builder::clearTenant),
                new Faulty("tenant: 300 bytes (expected: 1 to 256", key -> key.setTenant("界".repeat(100))),
                new Faulty("tenant: 3 bytes (expected: 1 to 256, no NUL)", key -> key.setTenant("a\0b")),
                new Faulty("subject: 0 bytes", SubjectKey.Builder::clearSubject),
                new Faulty("subject_name: 3 (expected: 32)", key -> key.setSubjectName(ByteString.copyFromUtf8("mei"))),
                new Faulty("wrapping_key_id: 0 characters", SubjectKey.Builder::clearWrappingKeyId),
                new Faulty("wrapped_key: 0 bytes", SubjectKey.Builder::clearWrappedKey),
                new Faulty("wrapped_key: 9000 bytes", key -> key.setWrappedKey(ByteString.copyFrom(new byte[9000]))),
                new Faulty("created: 0 s", SubjectKey.Builder::clearCreated));
    }

    @ParameterizedTest
    @MethodSource("faultyKeys")
    void namesWhatIsWrong(Faulty faulty) {
        var key = key();
        faulty.damage().accept(key);

        assertThat(SubjectKeyProtoMapper.read(record(key.build().toByteArray())))
                .isInstanceOfSatisfying(
                        ReadKey.Invalid.class,
                        invalid -> assertThat(invalid.detail()).contains(faulty.field()));
    }

    @Test
    void refusesWhatIsNoMessage() {
        assertThat(SubjectKeyProtoMapper.read(record("{}".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(new ReadKey.Invalid("value: 2 bytes (expected: a SubjectKey)"));
    }

    private static SubjectKey.Builder key() {
        return SubjectKey.newBuilder()
                .setKeyId(ID)
                .setTenant("acme")
                .setSubject(ByteString.fromHex("11".repeat(32)))
                .setSubjectName(ByteString.fromHex("22".repeat(32)))
                .setWrappingKeyId("kek-1")
                .setWrappedKey(ByteString.copyFromUtf8("wrapped"))
                .setCreated(Timestamp.newBuilder().setSeconds(1_795_341_600L));
    }

    @SuppressWarnings("NullAway") // a tombstone has no value
    private static ConsumerRecord<byte[], byte[]> record(byte @Nullable [] value) {
        return new ConsumerRecord<>("keys", 2, 77, ID.getBytes(StandardCharsets.UTF_8), value);
    }
}
