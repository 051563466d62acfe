package io.deepsuite.audit.replay;

import io.deepsuite.audit.database.DatabaseFailureStore;
import io.deepsuite.audit.event.IncomingEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Remembers replays, and tells what became of dead letters. Waits for the database: for virtual threads. */
@ApplicationScoped
public class ReplayStore {

    private static final String INSERT = """
        INSERT INTO dead_letter_replay
               (letter_topic, letter_partition, letter_offset, replay, topic, topic_partition, topic_offset)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """;

    private static final String SELECT_REPLAYS = """
        SELECT r.letter_partition, r.letter_offset, r.replay, r.topic_partition, r.topic_offset, r.replayed_at,
               coalesce((SELECT b.next_offset FROM ingest_batch b
                          WHERE b.topic = r.topic AND b.topic_partition = r.topic_partition
                          ORDER BY b.first_offset DESC LIMIT 1), 0) > r.topic_offset
          FROM unnest($2::integer[], $3::bigint[]) AS l (letter_partition, letter_offset)
          JOIN dead_letter_replay r USING (letter_partition, letter_offset)
         WHERE r.letter_topic = $1
         ORDER BY r.replayed_at, r.replay
        """;

    private static final String SELECT_STORED = """
        SELECT l.letter_partition, l.letter_offset
          FROM unnest($1::integer[], $2::bigint[], $3::uuid[], $4::text[], $5::bytea[])
            AS l (letter_partition, letter_offset, id, phase, event)
          JOIN audit_event_key k USING (id, phase)
          LEFT JOIN audit_event e ON e.occurred_at = k.occurred_at AND e.id = k.id AND e.phase = k.phase
         WHERE CASE WHEN e.event IS NULL THEN audit_event_leaf_hash(k.topic_partition, k.leaf_index) = sha256('\\x00'::bytea || l.event)
                    ELSE e.event = l.event END
        """;

    private final Pool pool;
    private final ReplayConfig config;

    ReplayStore(Pool pool, ReplayConfig config) {
        this.pool = pool;
        this.config = config;
    }

    void insert(SentLetter sent) {
        await(pool.preparedQuery(INSERT)
                .execute(Tuple.from(List.of(
                        config.letterTopic(),
                        sent.letter().partition(),
                        sent.letter().offset(),
                        sent.replay(),
                        sent.topic(),
                        sent.partition(),
                        sent.offset()))));
    }

    /** What became of the letters, in their order. */
    List<LetterState> states(List<KeptLetter> letters) {
        if (letters.isEmpty()) {
            return List.of();
        }
        var replays = replays(letters);
        var stored = stored(
                letters.stream().filter(letter -> letter.event().isPresent()).toList());
        return letters.stream()
                .map(letter -> LetterState.of(
                        letter,
                        replays.stream()
                                .filter(replay -> replay.sent().letter().equals(letter.place()))
                                .toList(),
                        stored.contains(letter.place())))
                .toList();
    }

    private List<LetterState.Replay> replays(List<KeptLetter> letters) {
        return await(pool.preparedQuery(SELECT_REPLAYS)
                        .execute(Tuple.of(config.letterTopic(), partitions(letters), offsets(letters))))
                .stream()
                .map(row -> new LetterState.Replay(
                        new SentLetter(
                                place(row), row.getUUID(2), config.auditTopic(), row.getInteger(3), row.getLong(4)),
                        row.getOffsetDateTime(5).toInstant(),
                        row.getBoolean(6)))
                .toList();
    }

    /** Places of those whose event is stored byte for byte, whoever sent it. */
    private Set<LetterPlace> stored(List<KeptLetter> letters) {
        if (letters.isEmpty()) {
            return Set.of();
        }
        return await(pool.withTransaction(connection -> selectStored(connection, letters))).stream()
                .map(ReplayStore::place)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Uni<RowSet<Row>> selectStored(SqlConnection connection, List<KeptLetter> letters) {
        var parameters = Tuple.from(new Object[] {
            partitions(letters),
            offsets(letters),
            events(letters, event -> event.key().id(), UUID[]::new),
            events(letters, event -> event.key().phase(), String[]::new),
            events(letters, event -> Buffer.buffer(event.bytes().array()), Buffer[]::new)
        });
        // as when events are compared while storing: reading all of the table is never right here
        return connection
                .query("SET LOCAL enable_seqscan = off")
                .execute()
                .chain(() -> connection.preparedQuery(SELECT_STORED).execute(parameters));
    }

    private static LetterPlace place(Row row) {
        return new LetterPlace(row.getInteger(0), row.getLong(1));
    }

    private static Integer[] partitions(List<KeptLetter> letters) {
        return letters.stream().map(letter -> letter.place().partition()).toArray(Integer[]::new);
    }

    private static Long[] offsets(List<KeptLetter> letters) {
        return letters.stream().map(letter -> letter.place().offset()).toArray(Long[]::new);
    }

    private static <T> T[] events(List<KeptLetter> letters, Function<IncomingEvent, T> column, IntFunction<T[]> array) {
        return letters.stream()
                .flatMap(letter -> letter.event().stream())
                .map(column)
                .toArray(array);
    }

    private <T> T await(Uni<T> answer) {
        return DatabaseFailureStore.await(answer, config.timeout());
    }
}
