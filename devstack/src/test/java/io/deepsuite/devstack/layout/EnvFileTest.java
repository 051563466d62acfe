package io.deepsuite.devstack.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvFileTest {
    @TempDir
    Path folder;

    @Test
    void shellReadsBackWhatWasWritten() throws Exception {
        var awkward = "a b'c\"$HOME`id`\\&?";
        var file = folder.resolve("env");
        Files.writeString(file, EnvFile.text(Map.of("VALUE", awkward)));

        assertThat(sourced(file, "VALUE")).isEqualTo(awkward);
    }

    @Test
    void namesEverythingAShellNeeds() {
        var directory = new StackDirectory(folder);

        assertThat(new Addresses(Ports.standard()).environment(directory).keySet())
                .containsExactly(
                        "MODEL_URL",
                        "DATAPREP_URL",
                        "MONITOR_URL",
                        "AUDIT_URL",
                        "MODEL_METRICS_URL",
                        "DATAPREP_METRICS_URL",
                        "MONITOR_METRICS_URL",
                        "AUDIT_METRICS_URL",
                        "KEYCLOAK_URL",
                        "KAFKA_BOOTSTRAP",
                        "POSTGRES_URL",
                        "CA_CERT",
                        "CLIENT_CERT",
                        "CLIENT_KEY",
                        "PUBLISHED_DIR",
                        "LOG_DIR",
                        "PID_DIR");
    }

    private static String sourced(Path file, String variable) throws Exception {
        var process = new ProcessBuilder("/bin/sh", "-c", ". '" + file + "'; printf %s \"$" + variable + "\"").start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
