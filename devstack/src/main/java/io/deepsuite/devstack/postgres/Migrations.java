package io.deepsuite.devstack.postgres;

import io.deepsuite.devstack.certificate.Identity;
import io.deepsuite.devstack.layout.DevstackException;
import io.deepsuite.devstack.layout.Installation;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the databases to the newest schema, as their owners, before the services start. */
public final class Migrations {
    /** Database of each service that has one. */
    private static final Map<String, String> DATABASES =
            Map.of("model-service", "model_service", "audit-service", "audit_service");

    private static final String ADD_MONTHS =
            "SELECT audit_event_add_month((now() AT TIME ZONE 'UTC' + make_interval(months => ahead))::date) FROM generate_series(0, 3) AS ahead";

    private final Installation installation;
    private final Identity platform;
    private final int port;

    /** @param platform identity that is mapped to the owner roles */
    public Migrations(Installation installation, Identity platform, int port) {
        this.installation = installation;
        this.platform = platform;
        this.port = port;
    }

    /** Whether the server takes log-ins. */
    public boolean serverAnswers() {
        try (var connection = DriverManager.getConnection(url("audit_service"))) {
            return connection.isValid(2);
        } catch (SQLException _) {
            return false;
        }
    }

    /**
     * Migrates every database whose service has migrations.
     *
     * @return how many migrations were new
     * @throws DevstackException if one fails; the database is then as before it
     */
    public int run() {
        int applied = 0;
        for (var entry : DATABASES.entrySet()) {
            var folder = installation.migrations(entry.getKey());
            if (!Files.isDirectory(folder)) {
                continue;
            }
            try {
                applied += Flyway.configure()
                        .dataSource(url(entry.getValue()), null, null)
                        .locations("filesystem:" + folder)
                        .load()
                        .migrate()
                        .migrationsExecuted;
            } catch (FlywayException e) {
                throw new DevstackException(
                        "migration of " + entry.getValue() + " from " + folder + " failed: " + e.getMessage(), e);
            }
        }
        makeMonthsAhead();
        return applied;
    }

    /** What a daily job does on Kubernetes; a stack that is started now and then does it when it starts. */
    private void makeMonthsAhead() {
        try (var connection = DriverManager.getConnection(url("audit_service"));
                var statement = connection.createStatement()) {
            statement.execute(ADD_MONTHS);
        } catch (SQLException e) {
            throw new DevstackException("months of the audit store cannot be made: " + e.getMessage(), e);
        }
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s?user=%s_owner&sslmode=verify-full&sslrootcert=%s&sslcert=%s&sslkey=%s&pemKeyAlgorithm=EC"
                .formatted(port, database, database, platform.authority(), platform.certificate(), platform.key());
    }
}
