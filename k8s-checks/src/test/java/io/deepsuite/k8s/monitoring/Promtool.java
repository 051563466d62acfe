package io.deepsuite.k8s.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.deepsuite.k8s.render.Manifest;
import io.deepsuite.k8s.render.Repository;
import io.deepsuite.k8s.render.Tools;
import io.deepsuite.k8s.render.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Prometheus' own checks. Where promtool or amtool is missing, the tests that need it are skipped, and say so; with {@code DEEPSUITE_REQUIRE_PROMTOOL} set to
 * anything they fail instead.
 */
final class Promtool {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

    private Promtool() {}

    /** Files of unit tests of the rules. */
    static List<Path> unitTests() {
        try (Stream<Path> files = Files.list(Repository.path("k8s-checks/src/test/resources/promtool"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes what Prometheus would read of a file of {@code PrometheusRule}s. */
    static Path write(Path folder, Path rules, boolean annotated) {
        var groups = YAML.createArrayNode();
        for (var manifest : Yaml.manifests(Repository.read(rules))) {
            manifest.copy().each("/spec/groups").forEach(group -> groups.add(annotated ? group : bare(group)));
        }
        return write(
                folder.resolve(String.valueOf(rules.getFileName())),
                YAML.createObjectNode().set("groups", groups));
    }

    /** Writes YAML. */
    static Path write(Path file, JsonNode content) {
        try {
            YAML.writeValue(file.toFile(), content);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode bare(JsonNode group) {
        Manifest.elements(group.path("rules")).forEach(rule -> ((ObjectNode) rule).remove("annotations"));
        return group;
    }

    /** Runs a program and fails with what it says when it fails. */
    static String run(Path folder, String... command) {
        require(command[0]);
        try {
            var process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", command) + " says: " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Skips the running test, loudly, where the program is missing. */
    static void require(String program) {
        if (Tools.find(program).isPresent()) {
            return;
        }
        var message =
                "NOT CHECKED: no %s on the PATH (Debian: promtool is in prometheus, amtool in prometheus-alertmanager)"
                        .formatted(program);
        if (System.getenv("DEEPSUITE_REQUIRE_PROMTOOL") != null) {
            throw new AssertionError(message);
        }
        if (TOLD.add(program)) {
            System.err.println(message);
        }
        Assumptions.abort(message);
    }
}
