package io.deepsuite.audit.witness;

import io.deepsuite.audit.checkpoint.CheckpointConfig;
import io.deepsuite.audit.database.DatabaseFailureStore;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/** Keeps cosignatures; they are read with their checkpoints. Waits for the database: for virtual threads. */
@ApplicationScoped
public class CosignatureStore {

    private static final String INSERT = """
        INSERT INTO log_cosignature (log, tree_size, witness, line) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING
        """;

    private final Pool pool;
    private final CheckpointConfig config;

    CosignatureStore(Pool pool, CheckpointConfig config) {
        this.pool = pool;
        this.config = config;
    }

    /**
     * Keeps a cosignature, unless the witness has one there.
     *
     * @param witness public key in text form
     * @param line signature line with its line feed
     */
    void insert(int log, long size, String witness, String line) {
        DatabaseFailureStore.await(
                pool.preparedQuery(INSERT).execute(Tuple.of(log, size, witness, line)), config.timeout());
    }
}
