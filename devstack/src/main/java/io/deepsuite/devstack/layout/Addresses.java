package io.deepsuite.devstack.layout;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a stack is reached.
 *
 * @param ports its ports
 */
public record Addresses(Ports ports) {
    /** https, REST and gRPC. */
    public URI model() {
        return https(Port.MODEL);
    }

    /** https, REST and gRPC. */
    public URI dataprep() {
        return https(Port.DATAPREP);
    }

    /** https, REST and gRPC. */
    public URI monitor() {
        return https(Port.MONITOR);
    }

    /** https, REST and gRPC. */
    public URI audit() {
        return https(Port.AUDIT);
    }

    /** https; the realm is {@code /realms/deepsuite} below it. */
    public URI keycloak() {
        return https(Port.KEYCLOAK);
    }

    /** Plain http: {@code /metrics}, {@code /health}, {@code /ready}; for a service or an engine. */
    public URI management(Component component) {
        var management = Port.of(component).get(1);
        return URI.create("http://127.0.0.1:" + ports.of(management));
    }

    /** host:port, TLS with a client certificate. */
    public String kafka() {
        return "127.0.0.1:" + ports.of(Port.KAFKA);
    }

    /**
     * A URL for libpq that logs in with the role of the audit service, which can INSERT and SELECT, and with its certificate.
     *
     * @param directory where the certificates are
     */
    public String postgres(StackDirectory directory) {
        var certificates = directory.certificates();
        return "postgresql://audit_service@127.0.0.1:%d/audit_service?sslmode=verify-full&sslrootcert=%s&sslcert=%s&sslkey=%s"
                .formatted(
                        ports.of(Port.POSTGRES),
                        certificates.resolve("ca.crt"),
                        certificates.resolve("audit-service.crt"),
                        certificates.resolve("audit-service.key"));
    }

    /** The variables of the file that a shell can source, in their order. */
    public Map<String, String> environment(StackDirectory directory) {
        var variables = new LinkedHashMap<String, String>();
        variables.put("MODEL_URL", model().toString());
        variables.put("DATAPREP_URL", dataprep().toString());
        variables.put("MONITOR_URL", monitor().toString());
        variables.put("AUDIT_URL", audit().toString());
        variables.put("MODEL_METRICS_URL", management(Component.MODEL_SERVICE).toString());
        variables.put(
                "DATAPREP_METRICS_URL", management(Component.DATAPREP_SERVICE).toString());
        variables.put("MONITOR_METRICS_URL", management(Component.MONITOR_AGENT).toString());
        variables.put("AUDIT_METRICS_URL", management(Component.AUDIT_SERVICE).toString());
        variables.put("KEYCLOAK_URL", keycloak().toString());
        variables.put("KAFKA_BOOTSTRAP", kafka());
        variables.put("POSTGRES_URL", postgres(directory));
        variables.put("CA_CERT", directory.certificates().resolve("ca.crt").toString());
        variables.put(
                "CLIENT_CERT", directory.certificates().resolve("demo-app.crt").toString());
        variables.put(
                "CLIENT_KEY", directory.certificates().resolve("demo-app.key").toString());
        variables.put("PUBLISHED_DIR", directory.published().toString());
        variables.put("LOG_DIR", directory.logs().toString());
        variables.put("PID_DIR", directory.pids().toString());
        return variables;
    }

    private URI https(Port port) {
        return URI.create("https://127.0.0.1:" + ports.of(port));
    }
}
