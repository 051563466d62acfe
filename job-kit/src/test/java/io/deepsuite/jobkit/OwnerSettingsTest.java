package io.deepsuite.jobkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnerSettingsTest {

    @Test
    void connectsAsTheOwnerWithTheCertificateAlone() {
        assertThat(OwnerSettings.of(environment(Map.of())).url())
                .startsWith(
                        "jdbc:postgresql://db-rw.svc:5432/model_service?user=model_service_owner&sslmode=verify-full")
                .contains("sslcert=/etc/deepsuite/tls/tls.crt")
                .doesNotContain("password");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DEEPSUITE_POSTGRES_HOST        |                     | DEEPSUITE_POSTGRES_HOST is not set
            DEEPSUITE_POSTGRES_HOST        | db/other?user=admin | a name or an address
            DEEPSUITE_POSTGRES_PORT        | 70000               | 70000 (expected: 1 to 65535)
            DEEPSUITE_POSTGRES_PORT        | https               | https (expected: 1 to 65535)
            DEEPSUITE_POSTGRES_DATABASE    | a&sslmode=disable   | lower-case letters
            """)
    void refusesASettingThatIsMissingOrWrong(String name, String value, String expected) {
        var environment = environment(Map.of(name, value == null ? "" : value));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> OwnerSettings.of(environment))
                .withMessageContaining(expected);
    }

    private static JobEnvironment environment(Map<String, String> changes) {
        var variables = new HashMap<>(
                Map.of("DEEPSUITE_POSTGRES_HOST", "db-rw.svc", "DEEPSUITE_POSTGRES_DATABASE", "model_service"));
        variables.putAll(changes);
        return new JobEnvironment(variables);
    }
}
