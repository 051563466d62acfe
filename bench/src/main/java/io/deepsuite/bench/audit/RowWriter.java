package io.deepsuite.bench.audit;

import java.sql.SQLException;

/** One connection that inserts prepared rows. */
interface RowWriter extends AutoCloseable {

    /** Columns of a way's table but {@code kind}, in the order of {@link RowBatch#columns()}. */
    String COLUMNS =
            "occurred_at, id, phase, boot, sequence, tenant, operation, action, outcome, reason, actor_type, actor_id, actor_name, workload, "
                    + "resource_type, resource_id, resource_version, service, instance, namespace, request_id, trace_id, event, personal_key";

    /** Positions of all ways; a way's table stands for its topic. */
    String POSITIONS = "bench_batch";

    /** Inserts a batch; returns when it is committed. */
    void write(RowBatch batch) throws Exception;

    @Override
    void close() throws SQLException;

    /** Opens one for a table. */
    interface Opener {
        RowWriter open(String table) throws Exception;
    }
}
