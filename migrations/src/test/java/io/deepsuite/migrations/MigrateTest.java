package io.deepsuite.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MigrateTest {
    @TempDir
    Path scripts;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DEEPSUITE_POSTGRES_HOST        |                     | DEEPSUITE_POSTGRES_HOST is not set
            DEEPSUITE_POSTGRES_HOST        | db/other?user=admin | a name or an address
            DEEPSUITE_POSTGRES_PORT        | 70000               | 1 to 65535
            DEEPSUITE_POSTGRES_PORT        | https               | 1 to 65535
            DEEPSUITE_POSTGRES_DATABASE    | a&sslmode=disable   | lower-case letters
            DEEPSUITE_MIGRATIONS_DIRECTORY | /does/not/exist     | a folder
            """)
    void refusesASettingThatIsMissingOrWrong(String name, String value, String expected) {
        var environment = environment(Map.of(name, value == null ? "" : value));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.of(environment))
                .withMessageContaining(expected);
        assertThat(Migrate.run(environment, 0)).isEqualTo(2);
    }

    @Test
    void endsWithOneWhenThereIsNoDatabase() {
        assertThat(Migrate.run(
                        environment(Map.of("DEEPSUITE_POSTGRES_HOST", "127.0.0.1", "DEEPSUITE_POSTGRES_PORT", "1")), 0))
                .isEqualTo(1);
    }

    private Map<String, String> environment(Map<String, String> changes) {
        var environment = new HashMap<>(Map.of(
                "DEEPSUITE_POSTGRES_HOST", "db-rw.deepsuite-model.svc",
                "DEEPSUITE_POSTGRES_DATABASE", "model_service",
                "DEEPSUITE_MIGRATIONS_DIRECTORY", scripts.toString()));
        environment.putAll(changes);
        return environment;
    }
}
