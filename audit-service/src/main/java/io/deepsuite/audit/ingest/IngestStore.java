package io.deepsuite.audit.ingest;

import io.deepsuite.audit.completeness.SourceAdvanceStore;
import io.deepsuite.audit.event.EventBytes;
import io.deepsuite.audit.event.EventKey;
import io.deepsuite.audit.event.SourcePosition;
import io.deepsuite.audit.seal.LogGrowthStore;
import io.deepsuite.proof.merkle.TreeHash;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Writes batches: events, their keys, their places in the logs and the topic's position in one transaction. Uses the pool directly: arrays are beyond Hibernate Reactive. */
@ApplicationScoped
public class IngestStore {

    private static final String SELECT_POSITIONS = """
            SELECT wanted.topic_partition, newest.next_offset
              FROM unnest($2::integer[]) AS wanted (topic_partition)
             CROSS JOIN LATERAL (
                SELECT next_offset FROM ingest_batch
                 WHERE topic = $1 AND topic_partition = wanted.topic_partition
                 ORDER BY first_offset DESC LIMIT 1) AS newest
            """;

    private static final String INSERT_SPANS = """
            INSERT INTO ingest_batch
                   (topic, topic_partition, first_offset, next_offset, event_count, duplicate_count, dead_letter_count)
            SELECT * FROM unnest($1::text[], $2::integer[], $3::bigint[], $4::bigint[], $5::integer[], $6::integer[], $7::integer[])
            """;

    /** With late events listed: those that {@link io.deepsuite.audit.subject.SubjectKeyWindow#REACH} does not find. */
    private static final String INSERT = """
            WITH batch AS (
                SELECT * FROM unnest(
                    $1::timestamptz[], $2::uuid[], $3::text[], $4::bigint[], $5::bigint[], $6::text[], $7::text[], $8::text[],
                    $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[],
                    $17::text[], $18::text[], $19::text[], $20::text[], $21::text[], $22::text[], $23::bytea[],
                    $24::integer[], $25::bigint[], $26::bigint[], $27::uuid[], $28::integer[])
                  AS b (occurred_at, id, phase, boot, sequence, tenant, operation, action,
                        outcome, reason, actor_type, actor_id, actor_name, workload, resource_type, resource_id,
                        resource_version, service, instance, namespace, request_id, trace_id, event,
                        topic_partition, topic_offset, leaf_index, personal_key, kind)
            ), keys AS (
                INSERT INTO audit_event_key
                       (id, phase, occurred_at, service, instance, boot, sequence, topic_partition, topic_offset, leaf_index)
                SELECT id, phase, occurred_at, service, instance, boot, sequence, topic_partition, topic_offset, leaf_index
                  FROM batch%1$s
            ), late AS (
                INSERT INTO audit_event_late (tenant, occurred_at, personal_key)
                SELECT tenant, occurred_at, personal_key FROM batch
                 WHERE personal_key IS NOT NULL AND occurred_at - uuid_extract_timestamp(id) > interval '24 hours'
            )
            INSERT INTO audit_event
                   (occurred_at, id, phase, boot, sequence, tenant, operation, action, outcome, reason,
                    actor_type, actor_id, actor_name, workload, resource_type, resource_id, resource_version,
                    service, instance, namespace, request_id, trace_id, event, personal_key, kind)
            SELECT occurred_at, id, phase, boot, sequence, tenant, operation, action, outcome, reason,
                   actor_type, actor_id, actor_name, workload, resource_type, resource_id, resource_version,
                   service, instance, namespace, request_id, trace_id, event, personal_key, kind FROM batch%1$s
            """;

    /**
     * An event that is there already is rare, and ends the transaction. {@code ON CONFLICT} would spare that, and looks into every unique index before it writes
     * into it, which costs each event a quarter of its time.
     */
    private static final String INSERT_EVENTS = INSERT.formatted("");

    /** For trying values: what is there already is none of its business. */
    private static final String TRY_EVENTS = INSERT.formatted(" ON CONFLICT DO NOTHING");

    /** An event whose month has left the store is still one that was stored; its leaf in the log says which it was. */
    private static final String SELECT_STORED = """
            SELECT k.id, k.phase, k.service, k.instance, k.boot, k.sequence, e.event,
                   CASE WHEN e.event IS NULL THEN audit_event_leaf_hash(k.topic_partition, k.leaf_index) END
              FROM (SELECT key.* FROM unnest($1::uuid[], $2::text[]) AS b (id, phase)
                      JOIN audit_event_key key USING (id, phase)
                     UNION
                    SELECT key.* FROM unnest($3::text[], $4::text[], $5::bigint[], $6::bigint[]) AS b (service, instance, boot, sequence)
                      JOIN audit_event_key key USING (service, instance, boot, sequence)) AS k
              LEFT JOIN audit_event e ON e.occurred_at = k.occurred_at AND e.id = k.id AND e.phase = k.phase
            """;

    /** Integrity and data errors that come from an event's own values: the class of the SQLSTATE, or all of it. */
    private static final Set<String> REFUSAL_CLASSES = Set.of("22", "23", "54");

    /** A column of which this version knows nothing: the tables are ahead of the service, and no event is to blame. */
    private static final String NOT_NULL_VIOLATION = "23502";

    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String UNIQUE_VIOLATION = "23505";

    private static final String POSITION_FENCE = "ingest_batch_pk";

    /** Begins the names of the unique constraints of events and their keys, of each month's, too. */
    private static final String TAKEN = "audit_event";

    private final Pool pool;
    private final LogGrowthStore logs;
    private final SourceAdvanceStore sources;
    private final IngestKinds kinds;

    IngestStore(Pool pool, LogGrowthStore logs, SourceAdvanceStore sources, IngestKinds kinds) {
        this.pool = pool;
        this.logs = logs;
        this.sources = sources;
        this.kinds = kinds;
    }

    /** Stored positions: the offset that each partition's next batch starts at. Partitions without a batch are missing. */
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
                    rows.forEach(row -> positions.put(new TopicPartition(topic, row.getInteger(0)), row.getLong(1)));
                    return positions;
                });
    }

    /** Stores the plan's events, grows their logs and moves the positions, all or nothing. Dead letters have to be acknowledged before. */
    Uni<AppendResult> append(SealedPlan sealed) {
        return kinds.of(sealed.plan().arrivals())
                .chain(numbers -> pool.withTransaction(connection -> write(connection, sealed, numbers)))
                .<AppendResult>replaceWith(new AppendResult.Appended())
                .onFailure(PgException.class)
                .recoverWithUni(failure -> resultOf(failure));
    }

    /** Whether the database takes the values of these events; stores nothing but their kinds. */
    Uni<Boolean> accepts(List<Arrival> arrivals) {
        return kinds.of(arrivals)
                .chain(numbers -> pool.withTransaction(connection -> connection
                        .preparedQuery(TRY_EVENTS)
                        .execute(Tuple.from(IngestColumns.events(arrivals, List.of(), numbers)))
                        .chain(_ -> Uni.createFrom().<Boolean>failure(new TriedException()))))
                .onFailure(TriedException.class)
                .recoverWithItem(true)
                .onFailure(failure -> failure instanceof PgException refused && isRefusal(refused))
                .recoverWithItem(false);
    }

    /** Events that were stored, and have the key or the source position of one of the arrivals. */
    Uni<List<StoredIdentity>> stored(List<Arrival> arrivals) {
        return pool.withTransaction(connection -> connection
                        // the planner's idea of the table's size may be old, and reading all of it is never right here
                        .query("SET LOCAL enable_seqscan = off")
                        .execute()
                        .chain(() -> connection
                                .preparedQuery(SELECT_STORED)
                                .execute(Tuple.from(IngestColumns.identities(arrivals)))))
                .map(IngestStore::identities);
    }

    private Uni<Void> write(SqlConnection connection, SealedPlan sealed, List<Integer> kindNumbers) {
        var plan = sealed.plan();
        var spans = connection.preparedQuery(INSERT_SPANS).execute(Tuple.from(IngestColumns.spans(plan.spans())));
        return plan.arrivals().isEmpty()
                ? spans.replaceWithVoid()
                : spans.chain(() -> logs.append(connection, sealed.growths()))
                        .chain(() -> sources.append(connection, sealed.advances(), sealed.ends()))
                        .chain(() -> connection
                                .preparedQuery(INSERT_EVENTS)
                                .execute(Tuple.from(
                                        IngestColumns.events(plan.arrivals(), sealed.leaves(), kindNumbers))))
                        .replaceWithVoid();
    }

    private static Uni<AppendResult> resultOf(PgException failure) {
        var state = failure.getSqlState();
        boolean taken = UNIQUE_VIOLATION.equals(state);
        if (SERIALIZATION_FAILURE.equals(state) || (taken && isFence(failure.getConstraint()))) {
            return Uni.createFrom().item(new AppendResult.Fenced());
        }
        if (taken && String.valueOf(failure.getConstraint()).startsWith(TAKEN)) {
            return Uni.createFrom().item(new AppendResult.Taken());
        }
        return isRefusal(failure)
                ? Uni.createFrom().item(new AppendResult.Refused(failure.getSqlState()))
                : Uni.createFrom().failure(failure);
    }

    private static boolean isFence(@Nullable String constraint) {
        return POSITION_FENCE.equals(constraint) || (constraint != null && LogGrowthStore.FENCES.contains(constraint));
    }

    private static boolean isRefusal(PgException failure) {
        var state = failure.getSqlState();
        return state != null
                && state.length() == 5
                && !NOT_NULL_VIOLATION.equals(state)
                && REFUSAL_CLASSES.contains(state.substring(0, 2));
    }

    private static List<StoredIdentity> identities(RowSet<Row> rows) {
        return rows.stream()
                .map(row -> new StoredIdentity(
                        new EventKey(row.getUUID("id"), row.getString("phase")),
                        new SourcePosition(
                                row.getString("service"),
                                row.getString("instance"),
                                row.getLong("boot"),
                                row.getLong("sequence")),
                        content(row)))
                .toList();
    }

    private static StoredContent content(Row row) {
        var event = row.getBuffer(6);
        if (event != null) {
            return new StoredContent.Whole(new EventBytes(event.getBytes()));
        }
        var leaf = row.getBuffer(7);
        return leaf == null ? new StoredContent.Nothing() : new StoredContent.Hash(TreeHash.of(leaf.getBytes()));
    }

    /** Ends a transaction without storing; never leaves this class. */
    private static final class TriedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TriedException() {
            super("values were only tried", null, false, false);
        }
    }
}
