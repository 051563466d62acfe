package io.deepsuite.audit.month;

import io.deepsuite.audit.database.DatabaseFailureStore;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.YearMonth;
import java.util.function.Function;

/** Hands out what was done to months and nobody has told yet. Waits for the database: for virtual threads. */
@ApplicationScoped
public class MonthActStore {

    /** The row of who tells it first is what others wait for; they find it told, unless that one failed. */
    private static final String CLAIM = """
            WITH due AS (
                SELECT a.act FROM month_act a
                 WHERE NOT EXISTS (SELECT FROM month_act_told t WHERE t.act = a.act)
                 ORDER BY a.acted_at
                 LIMIT 1
            ), claimed AS (
                INSERT INTO month_act_told (act) SELECT act FROM due ON CONFLICT DO NOTHING RETURNING act
            )
            SELECT a.act, a.action, to_char(a.month, 'YYYY-MM') AS month, a.event_count,
                   encode(a.manifest_sha256, 'hex') AS manifest, a.role, a.acted_at
              FROM month_act a JOIN claimed USING (act)
            """;

    private final Pool pool;
    private final MonthConfig config;

    MonthActStore(Pool pool, MonthConfig config) {
        this.pool = pool;
        this.config = config;
    }

    /**
     * Has the oldest act told that is not told yet; should that fail, it stays untold.
     *
     * @return whether there was one
     */
    boolean tellNext(Function<MonthAct, Uni<?>> tell) {
        return DatabaseFailureStore.await(
                pool.withTransaction(connection -> connection
                        .preparedQuery(CLAIM)
                        .execute()
                        .flatMap(rows -> rows.size() == 0
                                ? Uni.createFrom().item(false)
                                : tell.apply(act(rows.iterator().next())).replaceWith(true))),
                config.timeout());
    }

    private static MonthAct act(Row row) {
        return new MonthAct(
                row.getUUID("act"),
                row.getString("action"),
                YearMonth.parse(row.getString("month")),
                row.getLong("event_count"),
                row.getString("manifest"),
                row.getString("role"),
                row.getOffsetDateTime("acted_at").toInstant());
    }
}
