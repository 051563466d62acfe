package io.deepsuite.archive.cold;

import io.deepsuite.archive.cold.Manifest.ArchivedRun;
import java.sql.SQLException;
import java.time.Duration;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/** Takes partitions away, as their owner. */
public final class DropStore implements AutoCloseable {

    private static final DateTimeFormatter PARTITION = DateTimeFormatter.ofPattern("'audit_event_'uuuu_MM");

    private static final String CREATE_HEAD = """
            CREATE TEMPORARY TABLE head ON COMMIT DROP AS
            SELECT log, max(tree_size) AS size FROM log_tree GROUP BY log
            """;

    private static final String CREATE_LATE =
            "CREATE TEMPORARY TABLE late (occurred_at timestamptz, id uuid, phase text) ON COMMIT DROP";

    /** What is of the month and not in the archive. Leaves come in order, so that whatever was stored since is behind the head. */
    private static final String INSERT_LATE = """
            INSERT INTO late
            SELECT k.occurred_at, k.id, k.phase
              FROM audit_event_key k
              LEFT JOIN unnest(?::integer[], ?::bigint[]) AS r (log, last) ON r.log = k.topic_partition AND k.leaf_index < r.last
             WHERE k.occurred_at >= ?::timestamptz AND k.occurred_at < ?::timestamptz AND r.log IS NULL
            """;

    private static final String INSERT_LATEST = """
            WITH RECURSIVE logs AS (
                SELECT min(log) AS log FROM log_tree
                 UNION ALL
                SELECT (SELECT min(t.log) FROM log_tree t WHERE t.log > logs.log) FROM logs WHERE logs.log IS NOT NULL
            )
            INSERT INTO late
            SELECT k.occurred_at, k.id, k.phase
              FROM logs
              LEFT JOIN head h USING (log)
              JOIN audit_event_key k ON k.topic_partition = logs.log AND k.leaf_index >= coalesce(h.size, 0)
             WHERE k.occurred_at >= ?::timestamptz AND k.occurred_at < ?::timestamptz
               AND NOT EXISTS (SELECT FROM late WHERE late.occurred_at = k.occurred_at AND late.id = k.id AND late.phase = k.phase)
            """;

    private static final String INSERT_RUNS = """
            INSERT INTO archived_run (month, log, first_leaf, end_leaf, event_count)
            SELECT ?::date, * FROM unnest(?::integer[], ?::bigint[], ?::bigint[], ?::bigint[]) ON CONFLICT DO NOTHING
            """;

    private static final String INSERT_TENANTS = """
            INSERT INTO archived_tenant (month, tenant, event_count)
            SELECT ?::date, * FROM unnest(?::text[], ?::bigint[]) ON CONFLICT DO NOTHING
            """;

    private static final String INSERT_DROPPED = "INSERT INTO dropped_month (month, late_count) VALUES (?::date, ?)";

    private final OwnerStore connection;

    private DropStore(OwnerStore connection) {
        this.connection = connection;
    }

    /**
     * Connects.
     *
     * @param url address for JDBC, with the role
     * @param lockTimeout longest to wait for a lock; whoever stands behind it in the queue waits as long
     * @throws ArchiveException if the database does not answer
     */
    public static DropStore open(String url, Duration lockTimeout) {
        return new DropStore(OwnerStore.open(url, lockTimeout));
    }

    /**
     * Drops the partition of a month, all or nothing. Nobody can read or write the store from when it is detached until it is gone, which is a moment: what is
     * slow comes before. Detaching concurrently is not possible beside a default partition.
     *
     * @param runs what is in the archive
     * @param tenants whose records those are
     * @return events that are not in the archive; they move to the default partition
     * @throws ArchiveException if it could not be done, and then nothing was changed
     */
    long drop(YearMonth month, List<ArchivedRun> runs, Map<String, Long> tenants) {
        var partition = partition(month);
        var first = month.atDay(1).toString();
        var begins = first + "T00:00:00Z";
        var ends = month.plusMonths(1).atDay(1) + "T00:00:00Z";
        var logs = runs.stream().map(ArchivedRun::log).toArray(Integer[]::new);
        var lasts = runs.stream().map(ArchivedRun::to).toArray(Long[]::new);
        try {
            connection.execute(CREATE_HEAD);
            connection.execute(CREATE_LATE);
            connection.execute(INSERT_LATE, logs, lasts, begins, ends);
            connection.execute("ALTER TABLE audit_event DETACH PARTITION " + partition);
            connection.execute(INSERT_LATEST, begins, ends);
            long late = connection.execute(
                    "INSERT INTO audit_event SELECT p.* FROM %s p JOIN late USING (occurred_at, id, phase)"
                            .formatted(partition));
            connection.execute("DROP TABLE " + partition);
            connection.execute(
                    INSERT_RUNS,
                    first,
                    logs,
                    runs.stream().map(ArchivedRun::from).toArray(Long[]::new),
                    lasts,
                    runs.stream().map(ArchivedRun::events).toArray(Long[]::new));
            connection.execute(
                    INSERT_TENANTS,
                    first,
                    tenants.keySet().toArray(String[]::new),
                    tenants.values().toArray(Long[]::new));
            connection.execute(INSERT_DROPPED, first, late);
            connection.commit();
            return late;
        } catch (SQLException e) {
            connection.rollback();
            throw OwnerStore.failed(e);
        }
    }

    static String partition(YearMonth month) {
        return month.format(PARTITION);
    }

    @Override
    public void close() {
        connection.close();
    }
}
