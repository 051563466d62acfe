package io.deepsuite.audit.erasure;

import io.deepsuite.audit.database.DatabaseFailureStore;
import io.deepsuite.journal.subject.Subject;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Destroys keys, and remembers which of them are still in the topic. Waits for the database: for virtual threads. */
@ApplicationScoped
public class ErasureStore {

    private static final String ERASE = "SELECT keys_destroyed, erased_at FROM erase_subject($1, $2, $3, $4)";

    private static final String SELECT_DUE = """
            SELECT k.key_id FROM subject_key k
             WHERE k.erased AND NOT EXISTS (SELECT FROM subject_key_tombstone t WHERE t.key_id = k.key_id)
             LIMIT $1
            """;

    private static final String INSERT_TOMBSTONES =
            "INSERT INTO subject_key_tombstone (key_id) SELECT * FROM unnest($1::uuid[]) ON CONFLICT DO NOTHING";

    private final Pool pool;
    private final ErasureConfig config;

    ErasureStore(Pool pool, ErasureConfig config) {
        this.pool = pool;
        this.config = config;
    }

    /**
     * Destroys the keys of a person, and leaves a record of it.
     *
     * @param requestId call that asked for it
     * @return empty when nobody is known by the subject
     */
    Optional<Erased> erase(Subject subject, String requestId) {
        var parameters = Tuple.of(
                UUID.randomUUID(),
                subject.tenant(),
                Buffer.buffer(HexFormat.of().parseHex(subject.hmac())),
                requestId);
        return await(pool.preparedQuery(ERASE).execute(parameters)).stream()
                .map(row -> new Erased(
                        subject.hmac(),
                        row.getInteger(0),
                        row.getOffsetDateTime(1).toInstant()))
                .findFirst();
    }

    /** Erased keys that the topic may still have. */
    List<UUID> due(int limit) {
        return await(pool.preparedQuery(SELECT_DUE).execute(Tuple.of(limit))).stream()
                .map(row -> row.getUUID(0))
                .toList();
    }

    /** Remembers that the topic has been told. */
    void markTold(List<UUID> keys) {
        await(pool.preparedQuery(INSERT_TOMBSTONES).execute(Tuple.of(keys.toArray(UUID[]::new))));
    }

    private <T> T await(Uni<T> answer) {
        return DatabaseFailureStore.await(answer, config.timeout());
    }
}
