package io.deepsuite.migrations;

import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Main class of the job: 0 when the database has the newest schema, 1 when it could not be brought there, 2 when a setting is wrong. */
public final class Migrate {
    private static final Logger LOGGER = LoggerFactory.getLogger(Migrate.class);

    /** A database that has just been asked for takes a moment; the waits double, up to two minutes each. */
    private static final int CONNECT_RETRIES = 10;

    private Migrate() {}

    /**
     * Migrates, and ends the process.
     *
     * @param arguments none; everything comes from the environment
     */
    public static void main(String[] arguments) {
        System.exit(run(System.getenv(), CONNECT_RETRIES));
    }

    /** What the process ends with. */
    static int run(Map<String, String> environment, int connectRetries) {
        Settings settings;
        try {
            settings = Settings.of(environment);
        } catch (IllegalArgumentException e) {
            LOGGER.error("setting refused: {}", e.getMessage());
            return 2;
        }
        try {
            var result = Flyway.configure()
                    .dataSource(settings.owner().url(), null, null)
                    .locations("filesystem:" + settings.scripts())
                    .failOnMissingLocations(true)
                    .validateMigrationNaming(true)
                    .connectRetries(connectRetries)
                    .load()
                    .migrate();
            LOGGER.info(
                    "database {} has its newest schema; {} migrations were new",
                    settings.owner().database(),
                    result.migrationsExecuted);
            return 0;
        } catch (FlywayException e) {
            LOGGER.error("database {} not migrated: {}", settings.owner().database(), e.getMessage());
            return 1;
        }
    }
}
