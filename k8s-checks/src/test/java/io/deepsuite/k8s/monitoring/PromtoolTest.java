package io.deepsuite.k8s.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deepsuite.k8s.render.Repository;
import io.deepsuite.k8s.render.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PromtoolTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("rules")
    void rulesAreRules(Path rules) {
        var written = Promtool.write(folder, rules, true);

        assertThat(Promtool.run(folder, "promtool", "check", "rules", written.toString()))
                .contains("SUCCESS");
    }

    @ParameterizedTest
    @MethodSource("unitTests")
    void rulesFireWhenTheyShouldAndOnlyThen(Path tests) throws IOException {
        // Given
        Rule.files().forEach(rules -> Promtool.write(folder, rules, false));
        var copy = Files.copy(tests, folder.resolve("tests-" + tests.getFileName()));

        // Then
        assertThat(Promtool.run(folder, "promtool", "test", "rules", copy.toString()))
                .contains("SUCCESS");
    }

    @Test
    void aPlantedMistakeIsSeen() throws IOException {
        // Given
        Promtool.require("promtool");
        Rule.files().forEach(rules -> Promtool.write(folder, rules, false));
        var gpu = folder.resolve("gpu.yaml");
        Files.writeString(gpu, Files.readString(gpu).replace("> 0.85", "> 0.99"));
        var copy = Files.copy(
                Repository.path("k8s-checks/src/test/resources/promtool/gpu.yaml"), folder.resolve("tests.yaml"));

        // Then
        assertThatThrownBy(() -> Promtool.run(folder, "promtool", "test", "rules", copy.toString()))
                .hasMessageContaining("FAILED")
                .hasMessageContaining("DeepsuiteGpuBusy");
    }

    /** For a Prometheus without the operator. Debian's promtool knows no Kubernetes, so other targets stand in for those found there. */
    @Test
    void thePlainConfigurationIsOne() {
        // Given
        var content = Yaml.documents(Repository.read(Repository.k8s("prometheus/prometheus.yaml")))
                .getFirst();
        for (var found : content.findParents("kubernetes_sd_configs")) {
            ((ObjectNode) found).remove("kubernetes_sd_configs");
            ((ObjectNode) found).putArray("static_configs");
        }
        var written = Promtool.write(folder.resolve("prometheus.yaml"), content);

        // Then
        assertThat(Promtool.run(folder, "promtool", "check", "config", "--syntax-only", written.toString()))
                .contains("SUCCESS");
    }

    static Stream<Path> rules() {
        return Rule.files().stream();
    }

    static Stream<Path> unitTests() {
        return Promtool.unitTests().stream();
    }
}
