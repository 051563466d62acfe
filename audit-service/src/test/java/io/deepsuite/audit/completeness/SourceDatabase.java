package io.deepsuite.audit.completeness;

import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import org.flywaydb.core.Flyway;

/** A PostgreSQL server with the service's tables, for tests. */
final class SourceDatabase implements AutoCloseable {

    private static final String OWNER = "postgres";
    private static final String SERVICE = "audit_service";

    private final EmbeddedPostgres server;
    private final Vertx vertx = Vertx.vertx();
    private final Pool owner;
    private final Pool service;

    SourceDatabase() throws IOException {
        server = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(1))
                .start();
        owner = pool(OWNER);
        service = pool(SERVICE);
        execute("CREATE ROLE " + SERVICE + " LOGIN");
    }

    private Pool pool(String role) {
        return Pool.newInstance(PgBuilder.pool()
                .using(vertx)
                .with(new PoolOptions().setMaxSize(2))
                .connectingTo(new PgConnectOptions()
                        .setHost("localhost")
                        .setPort(server.getPort())
                        .setDatabase(OWNER)
                        .setUser(role))
                .build());
    }

    /** Brings the schema to a version, and no further; {@code latest} for all of it. */
    void migrate(String version) {
        Flyway.configure()
                .dataSource(server.getPostgresDatabase())
                .locations("classpath:db/migration")
                .target(version)
                .load()
                .migrate();
    }

    /** Connections of the role that the service has, which may do no more than add. */
    Pool service() {
        return service;
    }

    /** Does what only the owner may. */
    void execute(String statement) {
        owner.query(statement).executeAndAwait();
    }

    @Override
    public void close() throws IOException {
        owner.closeAndAwait();
        service.closeAndAwait();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
    }
}
