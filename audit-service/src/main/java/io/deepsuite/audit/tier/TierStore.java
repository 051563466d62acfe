package io.deepsuite.audit.tier;

import io.deepsuite.audit.database.DatabaseFailureStore;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what is known of months that have left the store. */
@ApplicationScoped
public class TierStore {

    private static final String SELECT_MONTH = """
            SELECT to_char(month, 'YYYY-MM') AS month, encode(manifest_sha256, 'hex') AS manifest, location
              FROM archived_month WHERE month = $1
            """;

    private static final String SELECT_TIERS = """
            SELECT to_char(m.month, 'YYYY-MM') AS month, encode(m.manifest_sha256, 'hex') AS manifest, m.location, t.event_count,
                   to_regclass('audit_event_' || to_char(m.month, 'YYYY_MM')) IS NULL AS away,
                   (SELECT count(*) FROM dropped_month d WHERE d.month = m.month) AS departures
              FROM archived_tenant t JOIN archived_month m USING (month)
             WHERE t.tenant = $1
               AND ($2::timestamptz IS NULL OR (m.month + interval '1 month') AT TIME ZONE 'UTC' > $2)
               AND ($3::timestamptz IS NULL OR m.month::timestamp AT TIME ZONE 'UTC' < $3)
             ORDER BY m.month DESC
            """;

    /** The store no longer knows whose an archived event is; but a tenant that has none in the month is not told of others'. */
    private static final String SELECT_RECORDS = """
            SELECT k.phase, k.topic_partition, k.leaf_index,
                   to_char(m.month, 'YYYY-MM') AS month, encode(m.manifest_sha256, 'hex') AS manifest, m.location
              FROM audit_event_key k
              JOIN archived_month m ON m.month = audit_event_archived_in(k.topic_partition, k.leaf_index, k.occurred_at)
              JOIN archived_tenant t ON t.month = m.month AND t.tenant = $2
             WHERE k.id = $1
               AND NOT EXISTS (SELECT FROM audit_event e WHERE e.occurred_at = k.occurred_at AND e.id = k.id AND e.phase = k.phase)
             ORDER BY k.phase DESC
            """;

    private final Pool pool;

    TierStore(Pool pool) {
        this.pool = pool;
    }

    /** An archived month. Waits for the database: for virtual threads. @throws IllegalStateException if it is in no archive */
    public ArchivedMonth month(YearMonth month, Duration timeout) {
        return DatabaseFailureStore.await(
                pool.preparedQuery(SELECT_MONTH)
                        .execute(Tuple.of(month.atDay(1)))
                        .map(rows -> rows.stream()
                                .map(TierStore::month)
                                .findFirst()
                                .orElseThrow(() -> new IllegalStateException("month " + month + " is in no archive"))),
                timeout);
    }

    /** What is known now of the months that a window reaches into and that left with records of the tenant. */
    public Uni<TierSnapshot> snapshot(String tenant, Optional<Instant> from, Optional<Instant> to) {
        return pool.preparedQuery(SELECT_TIERS)
                .execute(Tuple.of(tenant, time(from), time(to)))
                .map(rows -> new TierSnapshot(rows.stream().map(TierStore::left).toList()));
    }

    /** Records of an operation that are in archives only, outcome before intent. */
    public Uni<List<ArchivedRecord>> records(String tenant, UUID id) {
        return pool.preparedQuery(SELECT_RECORDS)
                .execute(Tuple.of(id, tenant))
                .map(rows -> rows.stream()
                        .map(row -> new ArchivedRecord(row.getString(0), row.getInteger(1), row.getLong(2), month(row)))
                        .toList());
    }

    private static @Nullable OffsetDateTime time(Optional<Instant> time) {
        return time.map(instant -> instant.atOffset(ZoneOffset.UTC)).orElse(null);
    }

    private static TierSnapshot.Month left(Row row) {
        return new TierSnapshot.Month(
                new Tier(month(row), row.getLong("event_count")), row.getBoolean("away"), row.getLong("departures"));
    }

    private static ArchivedMonth month(Row row) {
        return new ArchivedMonth(
                YearMonth.parse(row.getString("month")), row.getString("manifest"), row.getString("location"));
    }
}
