package io.deepsuite.audit.completeness;

import io.deepsuite.audit.database.DatabaseFailureStore;
import io.deepsuite.audit.event.SourceId;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads how complete the sources are. Waits for the database: for virtual threads. */
@ApplicationScoped
public class SourceStore {

    /**
     * Steps from source to source along the primary key, and behind each one's watermark from gap to gap. The first row of an island is the one that showed the gap
     * before it, so its age is how long that is known. It has a {@code LIMIT} lest the planner reads the whole table at once.
     */
    static final String SELECT_SOURCES = """
            WITH RECURSIVE stored AS (
                (SELECT service, instance, boot FROM source_run ORDER BY service, instance, boot LIMIT 1)
                 UNION ALL
                SELECT further.service, further.instance, further.boot
                  FROM stored
                 CROSS JOIN LATERAL (
                    SELECT r.service, r.instance, r.boot FROM source_run r
                     WHERE (r.service, r.instance, r.boot) > (stored.service, stored.instance, stored.boot)
                     ORDER BY r.service, r.instance, r.boot LIMIT 1) AS further
            ), source AS (
                SELECT service, instance, boot FROM stored UNION SELECT service, instance, boot FROM source_end
            )
            SELECT s.service, s.instance, s.boot, coalesce(reached.watermark, 0), ended.last_sequence, newest.recorded_at,
                   beyond.first_sequence, beyond.last_sequence,
                   extract(epoch FROM statement_timestamp() - begun.recorded_at)::bigint,
                   extract(epoch FROM statement_timestamp() - ended.recorded_at)::bigint,
                   extract(epoch FROM statement_timestamp() - oldest.recorded_at)::bigint
              FROM source s
              LEFT JOIN LATERAL (
                SELECT r.watermark FROM source_run r
                 WHERE r.service = s.service AND r.instance = s.instance AND r.boot = s.boot
                 ORDER BY r.watermark DESC LIMIT 1) AS reached ON true
              LEFT JOIN LATERAL (
                SELECT r.recorded_at FROM source_run r
                 WHERE r.service = s.service AND r.instance = s.instance AND r.boot = s.boot
                 ORDER BY r.first_sequence DESC LIMIT 1) AS newest ON true
              LEFT JOIN LATERAL (
                SELECT r.recorded_at FROM source_run r
                 WHERE r.service = s.service AND r.instance = s.instance AND r.boot = s.boot
                 ORDER BY r.first_sequence LIMIT 1) AS oldest ON true
              LEFT JOIN source_end ended ON ended.service = s.service AND ended.instance = s.instance AND ended.boot = s.boot
              LEFT JOIN LATERAL (%s) AS beyond ON true
              LEFT JOIN LATERAL (
                SELECT r.recorded_at FROM source_run r
                 WHERE r.service = s.service AND r.instance = s.instance AND r.boot = s.boot
                   AND r.first_sequence = beyond.first_sequence
                 LIMIT 1) AS begun ON true
             ORDER BY s.service, s.instance, s.boot, beyond.first_sequence
            """.formatted(SourceIslands.select("s", "coalesce(reached.watermark, 0)"));

    private final Pool pool;
    private final CompletenessConfig config;

    SourceStore(Pool pool, CompletenessConfig config) {
        this.pool = pool;
        this.config = config;
    }

    /** All sources there ever were, by service, instance and boot. */
    public List<SourceReport> sources() {
        var rows = DatabaseFailureStore.await(pool.query(SELECT_SOURCES).execute(), config.timeout());
        Map<SourceId, List<Row>> bySource = new LinkedHashMap<>();
        rows.forEach(row -> bySource.computeIfAbsent(
                        new SourceId(row.getString(0), row.getString(1), row.getLong(2)), _ -> new ArrayList<>())
                .add(row));
        return StoredSource.reports(bySource.entrySet().stream()
                .map(entry -> stored(entry.getKey(), entry.getValue()))
                .toList());
    }

    private static StoredSource stored(SourceId source, List<Row> rows) {
        var first = rows.getFirst();
        Long end = first.getLong(4);
        return new StoredSource(
                source,
                first.getLong(3),
                rows.stream()
                        .filter(row -> row.getLong(6) != null)
                        .map(row -> new StoredSource.Island(
                                new NumberRun(row.getLong(6), row.getLong(7)), age(row.getLong(8))))
                        .toList(),
                end == null ? OptionalLong.empty() : OptionalLong.of(end),
                age(first.getLong(9)),
                age(first.getLong(10)),
                Optional.ofNullable(first.getOffsetDateTime(5)).map(OffsetDateTime::toInstant));
    }

    private static Duration age(@Nullable Long seconds) {
        return Duration.ofSeconds(seconds == null ? 0 : Math.max(0, seconds));
    }
}
