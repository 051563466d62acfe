package io.deepsuite.bench.audit;

import io.deepsuite.devstack.certificate.Identity;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.Tuple;

/** Inserts by UNNEST with the driver of audit-service. */
final class UnnestWriter implements RowWriter {

    private static final String POSITION = "INSERT INTO " + POSITIONS
            + " (topic, topic_partition, first_offset, next_offset, event_count, duplicate_count, dead_letter_count) VALUES ($1, $2, $3, $4, $5, 0, 0)";

    private static final String ROWS = """
            SELECT *, 1 FROM unnest(
                $1::timestamptz[], $2::uuid[], $3::text[], $4::bigint[], $5::bigint[], $6::text[], $7::text[], $8::text[], $9::text[],
                $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[], $18::text[],
                $19::text[], $20::text[], $21::text[], $22::text[], $23::bytea[], $24::uuid[])
            """;

    private final Vertx vertx = Vertx.vertx();
    private final PgConnection connection;
    private final String table;
    private final String insert;
    private final boolean withPosition;

    /** @param withPosition whether a batch's position is written with it in one transaction, as audit-service does */
    UnnestWriter(PgConnectOptions options, String table, boolean withPosition) {
        this.connection = await(PgConnection.connect(vertx, options));
        this.table = table;
        this.insert = "INSERT INTO %s (%s, kind) %s".formatted(table, COLUMNS, ROWS);
        this.withPosition = withPosition;
    }

    /** How to get into the audit database as its owner. */
    static PgConnectOptions options(Identity platform, int port) {
        var options = new PgConnectOptions();
        options.setHost("127.0.0.1").setPort(port).setDatabase("audit_service").setUser("audit_service_owner");
        return options.setSslMode(SslMode.VERIFY_FULL)
                .setHostnameVerificationAlgorithm("HTTPS")
                .setPemTrustOptions(
                        new PemTrustOptions().addCertPath(platform.authority().toString()))
                .setPemKeyCertOptions(new PemKeyCertOptions()
                        .addCertPath(platform.certificate().toString())
                        .addKeyPath(platform.key().toString()))
                .setCachePreparedStatements(true);
    }

    @Override
    public void write(RowBatch batch) {
        if (!withPosition) {
            execute(insert, Tuple.from(batch.columns()));
            return;
        }
        var transaction = await(connection.begin());
        execute(POSITION, Tuple.of(table, batch.partition(), batch.firstOffset(), batch.nextOffset(), batch.size()));
        execute(insert, Tuple.from(batch.columns()));
        await(transaction.commit());
    }

    private void execute(String sql, Tuple values) {
        await(connection.preparedQuery(sql).execute(values));
    }

    @Override
    public void close() {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
