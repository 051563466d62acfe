package io.deepsuite.archive;

import io.deepsuite.devstack.certificate.CertificateAuthority;
import io.deepsuite.devstack.certificate.Identity;
import io.deepsuite.devstack.layout.Component;
import io.deepsuite.devstack.layout.Installation;
import io.deepsuite.devstack.layout.StackDirectory;
import io.deepsuite.devstack.postgres.PostgresServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;

/** A PostgreSQL server of the tests' own, as the development stack sets it up. */
final class Database implements AutoCloseable {

    private final Installation installation = Installation.find();
    private final CertificateAuthority authority;
    private final int port;
    private final Process process;

    Database(Path root) throws IOException {
        var directory = new StackDirectory(root);
        directory.create();
        authority = CertificateAuthority.open(directory.certificates(), Clock.systemUTC());
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var server = new PostgresServer(directory, installation, authority.identity("postgres"), port);
        server.prepare();
        Files.createDirectories(directory.data(Component.POSTGRES));
        process = new ProcessBuilder(server.spec().command())
                .redirectErrorStream(true)
                .redirectOutput(directory.log(Component.POSTGRES).toFile())
                .start();
        Awaitility.await().atMost(1, TimeUnit.MINUTES).ignoreExceptions().until(() -> {
            try (var connection = owner()) {
                return connection.isValid(2);
            }
        });
    }

    /** Brings the schema to a version, and no further; {@code latest} for all of it. */
    void migrate(String version) {
        Flyway.configure()
                .dataSource(url("audit_service_owner", authority.identity("platform")), null, null)
                .locations("filesystem:" + installation.migrations("audit-service"))
                .target(version)
                .load()
                .migrate();
    }

    Connection owner() throws SQLException {
        return DriverManager.getConnection(url("audit_service_owner", authority.identity("platform")));
    }

    Connection service() throws SQLException {
        return DriverManager.getConnection(url("audit_service", authority.identity("audit-service")));
    }

    /** Certificate and key of a workload. */
    Identity identity(String workload) {
        return authority.identity(workload);
    }

    /** Environment of the job. */
    Map<String, String> environment() {
        var identity = authority.identity("platform");
        return Map.of(
                "DEEPSUITE_POSTGRES_HOST", "127.0.0.1",
                "DEEPSUITE_POSTGRES_PORT", Integer.toString(port),
                "DEEPSUITE_POSTGRES_DATABASE", "audit_service",
                "DEEPSUITE_TLS_CERTIFICATE", identity.certificate().toString(),
                "DEEPSUITE_TLS_KEY", identity.key().toString(),
                "DEEPSUITE_TLS_CA", identity.authority().toString(),
                "DEEPSUITE_ARCHIVE_MONTHS_AHEAD", "3");
    }

    private String url(String role, Identity identity) {
        return "jdbc:postgresql://127.0.0.1:%d/audit_service?user=%s&sslmode=verify-full&sslrootcert=%s&sslcert=%s&sslkey=%s&pemKeyAlgorithm=EC"
                .formatted(port, role, identity.authority(), identity.certificate(), identity.key());
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
