package io.deepsuite.audit.subject;

import com.google.protobuf.ByteString;
import io.deepsuite.journal.subject.Subject;
import io.deepsuite.journal.subject.WrappedKey;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Keeps the keys of persons. */
@ApplicationScoped
public class SubjectKeyStore implements SubjectKeys {

    private static final String SELECT_POSITIONS = """
            SELECT wanted.topic_partition, (
                SELECT max(k.topic_offset) FROM subject_key k WHERE k.topic = $1 AND k.topic_partition = wanted.topic_partition) + 1
              FROM unnest($2::integer[]) AS wanted (topic_partition)
            """;

    private static final String INSERT = """
            INSERT INTO subject_key
                   (key_id, tenant, subject, subject_name, wrapping_key_id, wrapped_key, created_at,
                    topic, topic_partition, topic_offset)
            SELECT * FROM unnest($1::uuid[], $2::text[], $3::bytea[], $4::bytea[], $5::text[], $6::bytea[], $7::timestamptz[],
                                 $8::text[], $9::integer[], $10::bigint[])
            ON CONFLICT (key_id) DO NOTHING
            """;

    private static final String SELECT_KEYS = """
            SELECT k.key_id, k.tenant, k.subject, k.wrapping_key_id, k.wrapped_key, k.erased
              FROM unnest($1::uuid[]) AS wanted (key_id) JOIN subject_key k USING (key_id)
            """;

    private static final String SELECT_IDS = """
            SELECT key_id, created_at FROM (
                (SELECT key_id, created_at FROM subject_key
                  WHERE tenant = $1 AND subject = $2 AND NOT erased AND created_at >= $4 AND created_at <= $5
                  ORDER BY created_at DESC, key_id LIMIT $6)
                 UNION
                (SELECT key_id, created_at FROM subject_key
                  WHERE tenant = $1 AND subject_name = $3 AND subject_name IS NOT NULL AND NOT erased AND created_at >= $4 AND created_at <= $5
                  ORDER BY created_at DESC, key_id LIMIT $6)) AS found
             ORDER BY created_at DESC, key_id LIMIT $6 OFFSET $7
            """;

    // Late events are few: OFFSET 0 says that they are to be found first.
    private static final String SELECT_LATE_IDS = """
            SELECT k.key_id
              FROM (SELECT DISTINCT personal_key FROM audit_event_late
                     WHERE tenant = $1 AND occurred_at >= $4 AND occurred_at <= $5) AS late
             CROSS JOIN LATERAL (
                SELECT key_id FROM subject_key
                 WHERE key_id = late.personal_key AND tenant = $1 AND (subject = $2 OR subject_name = $3) AND NOT erased
                OFFSET 0) AS k
            """;

    private final Pool pool;

    SubjectKeyStore(Pool pool) {
        this.pool = pool;
    }

    /** Where reading goes on: behind the last key of each partition. Partitions without a key are missing. */
    Uni<Map<TopicPartition, Long>> positions(Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        var topic = partitions.iterator().next().topic();
        var numbers = partitions.stream().map(TopicPartition::partition).toArray(Integer[]::new);
        return pool.preparedQuery(SELECT_POSITIONS)
                .execute(Tuple.of(topic, numbers))
                .map(rows -> {
                    Map<TopicPartition, Long> positions = new HashMap<>();
                    for (var row : rows) {
                        var position = row.getLong(1);
                        if (position != null) {
                            positions.put(new TopicPartition(topic, row.getInteger(0)), position);
                        }
                    }
                    return positions;
                });
    }

    /**
     * Stores keys; one that is there already, or was once, stays as it is.
     *
     * @return how many were new
     */
    Uni<Integer> insert(List<ArrivedKey> arrived) {
        // ordered by person, so that two who store or erase never wait for each other in a circle
        var keys = arrived.stream()
                .sorted(Comparator.comparing((ArrivedKey key) -> key.subject().hmac())
                        .thenComparing(key -> key.wrapped().keyId()))
                .toList();
        return pool.preparedQuery(INSERT)
                .execute(Tuple.from(new Object[] {
                    array(keys, key -> key.wrapped().keyId(), UUID[]::new),
                    array(keys, key -> key.subject().tenant(), String[]::new),
                    array(keys, key -> buffer(key.subject().hmac()), Buffer[]::new),
                    names(keys),
                    array(keys, key -> key.wrapped().wrappingKeyId(), String[]::new),
                    array(keys, key -> Buffer.buffer(key.wrapped().bytes().toByteArray()), Buffer[]::new),
                    array(keys, key -> key.created().atOffset(ZoneOffset.UTC), OffsetDateTime[]::new),
                    array(keys, key -> key.partition().topic(), String[]::new),
                    array(keys, key -> key.partition().partition(), Integer[]::new),
                    array(keys, ArrivedKey::offset, Long[]::new)
                }))
                .map(rows -> rows.rowCount());
    }

    @Override
    public Uni<Map<UUID, StoredKey>> find(Collection<UUID> ids) {
        return pool.preparedQuery(SELECT_KEYS)
                .execute(Tuple.of(ids.toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, StoredKey> keys = new HashMap<>();
                    rows.forEach(row -> keys.put(row.getUUID(0), key(row)));
                    return keys;
                });
    }

    @Override
    public Uni<List<SubjectKeyId>> ids(Subject subject, String nameHmac, SubjectKeyWindow window) {
        return pool.preparedQuery(SELECT_IDS)
                .execute(Tuple.from(List.of(
                        subject.tenant(),
                        buffer(subject.hmac()),
                        buffer(nameHmac),
                        window.from().atOffset(ZoneOffset.UTC),
                        window.to().atOffset(ZoneOffset.UTC),
                        window.skip() + window.most(),
                        window.skip())))
                .map(rows -> rows.stream()
                        .map(row -> new SubjectKeyId(
                                row.getUUID(0), row.getOffsetDateTime(1).toInstant()))
                        .toList());
    }

    @Override
    public Uni<List<UUID>> lateIds(Subject subject, String nameHmac, Instant from, Instant to) {
        return pool.preparedQuery(SELECT_LATE_IDS)
                .execute(Tuple.from(List.of(
                        subject.tenant(),
                        buffer(subject.hmac()),
                        buffer(nameHmac),
                        from.atOffset(ZoneOffset.UTC),
                        to.atOffset(ZoneOffset.UTC))))
                .map(rows -> rows.stream().map(row -> row.getUUID(0)).toList());
    }

    private static StoredKey key(Row row) {
        if (row.getBoolean(5)) {
            return new StoredKey.Erased();
        }
        return new StoredKey.Present(
                new Subject(
                        row.getString(1),
                        HexFormat.of().formatHex(row.getBuffer(2).getBytes())),
                new WrappedKey(
                        row.getUUID(0),
                        row.getString(3),
                        ByteString.copyFrom(row.getBuffer(4).getBytes())));
    }

    private static @Nullable Buffer[] names(List<ArrivedKey> keys) {
        var names = new @Nullable Buffer[keys.size()];
        for (int i = 0; i < names.length; i++) {
            var name = keys.get(i).nameHmac();
            names[i] = name.isEmpty() ? null : buffer(name);
        }
        return names;
    }

    private static Buffer buffer(String hex) {
        return Buffer.buffer(HexFormat.of().parseHex(hex));
    }

    private static <T> T[] array(List<ArrivedKey> keys, Function<ArrivedKey, T> column, IntFunction<T[]> arrays) {
        return keys.stream().map(column).toArray(arrays);
    }
}
