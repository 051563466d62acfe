package io.deepsuite.k8s.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import io.deepsuite.k8s.render.Manifest;
import io.deepsuite.k8s.render.Repository;
import io.deepsuite.k8s.render.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A rule of Prometheus.
 *
 * @param recorded name of the series it records; empty for an alert
 * @param alert name of the alert; empty for a recorded series
 * @param content the whole rule
 */
record Rule(String recorded, String alert, String expression, JsonNode content) {

    /** Every rule of the suite, those recorded first. */
    static List<Rule> all() {
        return manifests()
                .flatMap(manifest -> manifest.each("/spec/groups"))
                .flatMap(group -> Manifest.elements(group.path("rules")))
                .map(Rule::of)
                .sorted((one, other) -> Boolean.compare(
                        one.recorded().isEmpty(), other.recorded().isEmpty()))
                .toList();
    }

    /** Every alert of the suite. */
    static List<Rule> alerts() {
        return all().stream().filter(rule -> !rule.alert().isEmpty()).toList();
    }

    /** Files of rules, in whichever component they are. */
    static List<Path> files() {
        try (Stream<Path> files = Files.walk(Repository.k8s("components"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> Repository.read(file).contains("\nkind: PrometheusRule\n"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Manifest> manifests() {
        return files().stream().flatMap(file -> Yaml.manifests(Repository.read(file)).stream());
    }

    private static Rule of(JsonNode content) {
        return new Rule(
                content.path("record").asText(""),
                content.path("alert").asText(""),
                content.path("expr").asText(""),
                content);
    }
}
