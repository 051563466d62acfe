package io.deepsuite.audit.month;

import io.deepsuite.audit.database.DatabaseFailureStore;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;

/** Reads which months there are. Waits for the database: for virtual threads. */
@ApplicationScoped
public class MonthStore {

    /** Strays are few, or something is wrong; more of them than the limit do not make it worse. */
    private static final String SELECT_MONTHS = """
            SELECT (SELECT count(*) FROM audit_event_months() WHERE begins > $1),
                   (SELECT count(*) FROM (SELECT FROM audit_event_default LIMIT 100000) AS stray)
            """;

    private final Pool pool;
    private final MonthConfig config;

    MonthStore(Pool pool, MonthConfig config) {
        this.pool = pool;
        this.config = config;
    }

    /** How the months are. */
    Months months(Instant now) {
        return DatabaseFailureStore.await(
                pool.preparedQuery(SELECT_MONTHS)
                        .execute(Tuple.of(now.atOffset(ZoneOffset.UTC)))
                        .map(rows -> {
                            var row = rows.iterator().next();
                            return new Months(row.getLong(0), row.getLong(1));
                        }),
                config.timeout());
    }

    /**
     * The months of the store.
     *
     * @param ahead months that are ready behind the present one
     * @param strays events at times that no month is there for, 100,000 at most
     */
    record Months(long ahead, long strays) {}
}
