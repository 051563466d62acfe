package io.deepsuite.audit.database;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Future;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Makes the connection pool that ingest and Hibernate Reactive share. Every new connection takes the certificate as it is then, so a rotated one needs no
 * restart.
 */
@Singleton
public class DatabasePoolStore implements PgPoolCreator {

    private static final String TLS_CONFIGURATION = "deepsuite";

    private final TlsConfigurationRegistry registry;

    DatabasePoolStore(TlsConfigurationRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Pool create(Input input) {
        var base = input.pgConnectOptionsList().getFirst();
        return PgBuilder.pool()
                .with(input.poolOptions())
                .connectingTo(() -> Future.succeededFuture(secured(base)))
                .using(input.vertx())
                .build();
    }

    private PgConnectOptions secured(PgConnectOptions base) {
        var tls = registry.get(TLS_CONFIGURATION)
                .orElseThrow(
                        () -> new IllegalStateException("quarkus.tls.%s: not configured".formatted(TLS_CONFIGURATION)));
        return secured(base, tls);
    }

    static PgConnectOptions secured(PgConnectOptions base, TlsConfiguration tls) {
        var options = new PgConnectOptions(base);
        options.setSslMode(SslMode.VERIFY_FULL)
                .setHostnameVerificationAlgorithm("HTTPS")
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
                .setTrustOptions(tls.getTrustStoreOptions())
                .setKeyCertOptions(tls.getKeyStoreOptions());
        return options;
    }
}
