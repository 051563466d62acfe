package io.deepsuite.audit.proof;

import io.deepsuite.audit.database.DatabaseFailureStore;
import io.deepsuite.audit.seal.SealConfig;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;

/** Reads events by their places in the logs. Waits for the database: for virtual threads. */
@ApplicationScoped
public class ProofStore {

    private static final String SELECT_RECORDS = """
            SELECT k.phase, k.topic_partition, k.leaf_index, e.event
              FROM audit_event_key k
              JOIN audit_event e ON e.occurred_at = k.occurred_at AND e.id = k.id AND e.phase = k.phase
             WHERE k.id = $1 AND e.tenant = $2 AND k.leaf_index IS NOT NULL
             ORDER BY k.leaf_index
            """;

    private static final String SELECT_LEAVES = """
            SELECT k.leaf_index, e.event,
                   CASE WHEN e.event IS NULL THEN audit_event_archived_in(k.topic_partition, k.leaf_index, k.occurred_at) END
              FROM audit_event_key k
              LEFT JOIN audit_event e ON e.occurred_at = k.occurred_at AND e.id = k.id AND e.phase = k.phase
             WHERE k.topic_partition = $1 AND k.leaf_index >= $2 AND k.leaf_index < $3
             ORDER BY k.leaf_index
            """;

    private final Pool pool;
    private final SealConfig config;

    ProofStore(Pool pool, SealConfig config) {
        this.pool = pool;
        this.config = config;
    }

    /** Records of one operation: its intent, its outcome, or both; empty when the tenant has no sealed event of this id. */
    List<SealedRecord> records(String tenant, UUID id) {
        return DatabaseFailureStore.await(
                pool.preparedQuery(SELECT_RECORDS)
                        .execute(Tuple.of(id, tenant))
                        .map(rows -> rows.stream()
                                .map(row -> new SealedRecord(
                                        row.getString(0),
                                        row.getInteger(1),
                                        row.getLong(2),
                                        row.getBuffer(3).getBytes()))
                                .toList()),
                config.timeout());
    }

    /** What is stored at the places from one to another, in order; places without a row are missing. */
    List<StoredLeaf> leaves(int log, long from, long to) {
        return DatabaseFailureStore.await(
                pool.preparedQuery(SELECT_LEAVES)
                        .execute(Tuple.of(log, from, to))
                        .map(rows -> rows.stream()
                                .map(row -> {
                                    var event = row.getBuffer(1);
                                    var archive = row.getLocalDate(2);
                                    return new StoredLeaf(
                                            row.getLong(0),
                                            event == null ? null : event.getBytes(),
                                            archive == null ? null : YearMonth.from(archive));
                                })
                                .toList()),
                config.timeout());
    }
}
