package io.deepsuite.k8s.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deepsuite.k8s.render.Manifest;
import io.deepsuite.k8s.render.Repository;
import io.deepsuite.k8s.render.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FOLDER = "components/grafana";

    @ParameterizedTest
    @MethodSource("files")
    void everyPanelReadsOnlyWhatExists(Path file) {
        // Given
        var catalogue = MetricCatalogue.withRecorded(Rule.all());

        // Then
        assertThat(queries(file))
                .isNotEmpty()
                .allSatisfy(
                        query -> assertThat(catalogue.unknown(query)).as(query).isEmpty());
    }

    @Test
    void aPanelOfAMissingMetricIsSeen() {
        // Given
        var catalogue = MetricCatalogue.withRecorded(Rule.all());
        var panel = read(Repository.k8s(FOLDER + "/dashboards/real-time.json"));
        var query = panel.at("/panels/1/targets/0/expr").asText();

        // Then
        assertThat(catalogue.unknown(query)).isEmpty();
        assertThat(catalogue.unknown(query.replace("deepsuite:", "deepsuit:"))).isNotEmpty();
    }

    /** promtool is the parser: each query is checked as if a rule recorded it. */
    @ParameterizedTest
    @MethodSource("files")
    void everyQueryIsOne(Path file, @TempDir Path folder) {
        // Given
        var rules = JSON.createArrayNode();
        for (var query : queries(file)) {
            rules.addObject().put("record", "query" + rules.size()).put("expr", query);
        }
        var groups = JSON.createObjectNode();
        groups.putArray("groups").addObject().put("name", "queries").set("rules", rules);

        // Then
        var written = Promtool.write(folder.resolve("queries.yaml"), groups);
        assertThat(Promtool.run(folder, "promtool", "check", "rules", written.toString()))
                .contains(rules.size() + " rules found");
    }

    @ParameterizedTest
    @MethodSource("files")
    void panelsHaveATitleAUnitAndAPlaceOfTheirOwn(Path file) {
        // Given
        var panels = Manifest.elements(read(file).path("panels")).toList();

        // Then
        assertThat(panels).extracting(panel -> panel.path("id").asInt()).doesNotHaveDuplicates();
        assertThat(panels)
                .allSatisfy(panel -> assertThat(panel.path("title").asText()).isNotBlank());
        for (var one : panels) {
            assertThat(panels)
                    .filteredOn(other -> overlap(one.path("gridPos"), other.path("gridPos")))
                    .as("panels where %s stands", one.path("title"))
                    .hasSize(1);
        }
    }

    /** The board of trends compares with these ages. */
    @ParameterizedTest
    @ValueSource(strings = {"7d", "30d", "90d"})
    void trendsLookBack(String age) {
        assertThat(queries(Repository.k8s(FOLDER + "/dashboards/trends.json")))
                .filteredOn(query -> query.matches("deepsuite:\\S+ offset " + age))
                .hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void theComponentTakesEveryDashboard() {
        // Given
        var taken = Yaml.documents(Repository.read(Repository.k8s(FOLDER + "/kustomization.yaml")))
                .getFirst()
                .at("/configMapGenerator/0/files");

        // Then
        assertThat(Manifest.elements(taken).map(JsonNode::asText))
                .containsExactlyInAnyOrderElementsOf(
                        files().map(file -> "dashboards/" + file.getFileName()).toList());
    }

    static Stream<Path> files() {
        try (Stream<Path> files = Files.list(Repository.k8s(FOLDER + "/dashboards"))) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> queries(Path file) {
        var queries = new ArrayList<String>();
        read(file).findValues("expr").forEach(query -> queries.add(query.asText()));
        return queries;
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean overlap(JsonNode one, JsonNode other) {
        return one.path("x").asInt() < other.path("x").asInt() + other.path("w").asInt()
                && other.path("x").asInt()
                        < one.path("x").asInt() + one.path("w").asInt()
                && one.path("y").asInt()
                        < other.path("y").asInt() + other.path("h").asInt()
                && other.path("y").asInt()
                        < one.path("y").asInt() + one.path("h").asInt();
    }
}
