package io.deepsuite.model.engine;

import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.tls.runtime.config.TlsConfigUtils;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.tracing.TracingPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** The HTTP client for engines: mutual TLS with the workload's certificate, renewed when the certificate is. */
@ApplicationScoped
class EngineHttpClients {

    /** The one TLS configuration of a workload. */
    static final String TLS_NAME = "deepsuite";

    private final HttpClient client;

    EngineHttpClients(Vertx vertx, TlsConfigurationRegistry registry, EngineConfig config) {
        var options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setSslHandshakeTimeout(config.connectTimeout().toSeconds() + 1)
                .setKeepAliveTimeout(30)
                .setTracingPolicy(TracingPolicy.PROPAGATE);
        var tls = registry.get(TLS_NAME)
                .orElseThrow(() -> new IllegalStateException("quarkus.tls." + TLS_NAME + " is not configured"));
        TlsConfigUtils.configure(options, tls);
        this.client = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(config.maxConnections()));
    }

    HttpClient client() {
        return client;
    }

    void renew(@Observes CertificateUpdatedEvent event) {
        if (event.name().equals(TLS_NAME)) {
            var _ = client.updateSSLOptions(event.tlsConfiguration().getSSLOptions());
        }
    }
}
