package io.deepsuite.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    @Test
    void connectsAsTheOwnerWithTheCertificateAlone() {
        assertThat(Settings.of(environment(Map.of())).url())
                .startsWith(
                        "jdbc:postgresql://db-rw.svc:5432/audit_service?user=audit_service_owner&sslmode=verify-full")
                .doesNotContain("password");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DEEPSUITE_POSTGRES_HOST        |                     | DEEPSUITE_POSTGRES_HOST is not set
            DEEPSUITE_POSTGRES_HOST        | db/other?user=admin | a name or an address
            DEEPSUITE_POSTGRES_PORT        | 70000               | 70000 (expected: 1 to 65535)
            DEEPSUITE_POSTGRES_DATABASE    | a&sslmode=disable   | lower-case letters
            DEEPSUITE_ARCHIVE_MONTHS_AHEAD | 0                   | DEEPSUITE_ARCHIVE_MONTHS_AHEAD: 0 (expected: 1 to 24)
            DEEPSUITE_ARCHIVE_MONTHS_AHEAD | some                | DEEPSUITE_ARCHIVE_MONTHS_AHEAD: some (expected: 1 to 24)
            DEEPSUITE_ARCHIVE_LOCK_TIMEOUT | 61                  | DEEPSUITE_ARCHIVE_LOCK_TIMEOUT: 61 (expected: 1 to 60)
            """)
    void refusesASettingThatIsMissingOrWrong(String name, String value, String expected) {
        var environment = environment(Map.of(name, value == null ? "" : value));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.of(environment))
                .withMessageContaining(expected);
        assertThat(Retention.run(environment, InstantSource.system())).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            training-logs            | training-logs (expected: name=/folder
            training-logs=relative   | training-logs=relative (expected: name=/folder
            audit-events=/var/log    | audit-events=/var/log (expected: name=/folder
            a/b=/var/log             | a/b=/var/log (expected: name=/folder
            logs=/archive/logs       | logs=/archive/logs (expected: a folder apart from /archive)
            logs=/                   | logs=/ (expected: a folder apart from /archive)
            logs=/var/a,logs=/var/b  | logs=/var/b (expected: each name once)
            """)
    void refusesAFolderThatIsNoneOrHoldsTheArchive(String value, String expected) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.of(environment(Map.of(
                        "DEEPSUITE_ARCHIVE_LIFECYCLE", "/rules.json",
                        "DEEPSUITE_ARCHIVE_DIRECTORY", "/archive",
                        "DEEPSUITE_ARCHIVE_KEYS", "/keys",
                        "DEEPSUITE_ARCHIVE_FOLDERS", value))))
                .withMessageContaining(expected);
    }

    @Test
    void endsWithOneWhenThereIsNoDatabase() {
        var environment = environment(Map.of("DEEPSUITE_POSTGRES_HOST", "127.0.0.1", "DEEPSUITE_POSTGRES_PORT", "1"));

        assertThat(Retention.run(environment, InstantSource.system())).isEqualTo(1);
    }

    private static Map<String, String> environment(Map<String, String> changes) {
        var environment = new HashMap<>(
                Map.of("DEEPSUITE_POSTGRES_HOST", "db-rw.svc", "DEEPSUITE_POSTGRES_DATABASE", "audit_service"));
        environment.putAll(changes);
        return environment;
    }
}
