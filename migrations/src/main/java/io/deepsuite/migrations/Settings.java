package io.deepsuite.migrations;

import io.deepsuite.jobkit.JobEnvironment;
import io.deepsuite.jobkit.OwnerSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Which database, and what to run there.
 *
 * @param owner the database, as its owner
 * @param scripts DEEPSUITE_MIGRATIONS_DIRECTORY
 */
record Settings(OwnerSettings owner, Path scripts) {

    Settings {
        if (!Files.isDirectory(scripts)) {
            throw new IllegalArgumentException("DEEPSUITE_MIGRATIONS_DIRECTORY: " + scripts + " (expected: a folder)");
        }
    }

    /**
     * Reads the environment.
     *
     * @throws IllegalArgumentException if a setting is missing or wrong
     */
    static Settings of(Map<String, String> variables) {
        var environment = new JobEnvironment(variables);
        return new Settings(
                OwnerSettings.of(environment), Path.of(environment.required("DEEPSUITE_MIGRATIONS_DIRECTORY")));
    }
}
