package io.deepsuite.k8s.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deepsuite.k8s.render.Manifest;
import io.deepsuite.k8s.render.Repository;
import io.deepsuite.k8s.render.Yaml;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AlertRoutesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PropertyNamingStrategies.SnakeCaseStrategy SNAKE =
            new PropertyNamingStrategies.SnakeCaseStrategy();

    /** amtool asks the routes themselves. */
    @ParameterizedTest
    @MethodSource
    void everySeverityReachesItsReceivers(String severity, String receivers, @TempDir Path folder) {
        // Given
        var config = Promtool.write(folder.resolve("alertmanager.yaml"), plain(routes()));

        // Then
        var answer = Promtool.run(
                folder,
                "amtool",
                "config",
                "routes",
                "test",
                "--config.file=" + config,
                "alertname=DeepsuiteExample",
                "severity=" + severity);
        // It may say first that the file overrides an address.
        assertThat(answer.lines().toList().getLast()).isEqualTo(receivers);
    }

    @Test
    void routesAreAConfiguration(@TempDir Path folder) {
        var config = Promtool.write(folder.resolve("alertmanager.yaml"), plain(routes()));

        assertThat(Promtool.run(folder, "amtool", "check-config", config.toString()))
                .contains("SUCCESS");
    }

    @Test
    void everySeverityOfAnAlertHasARouteOrTheDefaultOne() {
        // Given
        var routed = routes().findValues("matchers").stream()
                .flatMap(Manifest::elements)
                .map(matcher -> matcher.path("value").asText())
                .collect(Collectors.toSet());
        var used = Rule.alerts().stream()
                .map(alert -> alert.content().at("/labels/severity").asText())
                .collect(Collectors.toSet());

        // Then
        assertThat(used).containsExactlyInAnyOrder("page", "ticket", "info", "watchdog");
        assertThat(routed).containsExactlyInAnyOrder("page", "info", "watchdog");
    }

    @Test
    void whatKeepsQuietAndForWhatAreAlertsOfTheSuite() {
        // Given
        var alerts = Rule.alerts().stream().map(Rule::alert).collect(Collectors.toSet());

        // Then
        assertThat(Manifest.elements(config().at("/spec/inhibitRules"))
                        .flatMap(rule -> Stream.concat(
                                Manifest.elements(rule.path("sourceMatch")),
                                Manifest.elements(rule.path("targetMatch"))))
                        .flatMap(matcher ->
                                Arrays.stream(matcher.path("value").asText().split(Pattern.quote("|"), -1))))
                .isNotEmpty()
                .isSubsetOf(alerts);
    }

    static Stream<Arguments> everySeverityReachesItsReceivers() {
        return Stream.of(
                Arguments.of("page", "on-call,rooms"),
                Arguments.of("ticket", "tickets"),
                Arguments.of("info", "nobody"),
                Arguments.of("watchdog", "watchdog"),
                Arguments.of("of-tomorrow", "tickets"));
    }

    private static JsonNode routes() {
        return config().at("/spec/route");
    }

    private static JsonNode config() {
        return Yaml.manifest(Repository.read(Repository.k8s("components/alertmanager/alertmanager-config.yaml")))
                .content();
    }

    /** What the operator makes of it, without the receivers' channels: they hold secrets that only a cluster has. */
    private static ObjectNode plain(JsonNode route) {
        var config = JSON.createObjectNode();
        config.set("route", plainRoute(route));
        var receivers = config.putArray("receivers");
        config().at("/spec/receivers")
                .forEach(receiver ->
                        receivers.addObject().put("name", receiver.path("name").asText()));
        return config;
    }

    private static ObjectNode plainRoute(JsonNode route) {
        var plain = JSON.createObjectNode();
        for (var name : (Iterable<String>) route::fieldNames) {
            var value = route.path(name);
            plain.set(
                    SNAKE.translate(name),
                    switch (name) {
                        case "matchers" -> matchers(value);
                        case "routes" -> nested(value);
                        default -> value;
                    });
        }
        return plain;
    }

    private static ArrayNode nested(JsonNode routes) {
        var plain = JSON.createArrayNode();
        routes.forEach(route -> plain.add(plainRoute(route)));
        return plain;
    }

    private static ArrayNode matchers(JsonNode matchers) {
        var plain = JSON.createArrayNode();
        matchers.forEach(matcher -> plain.add("%s%s\"%s\""
                .formatted(
                        matcher.path("name").asText(),
                        matcher.path("matchType").asText("="),
                        matcher.path("value").asText())));
        return plain;
    }

    /** Keys of the Secret that who installs has to give. */
    @Test
    void theGuideNamesEveryKeyOfTheChannels() {
        // Given
        var guide = Repository.read(Repository.path("docs/deploy.md"));
        var keys = Stream.of("urlSecret", "authPassword", "apiSecret")
                .flatMap(field -> config().findValues(field).stream())
                .peek(secret -> assertThat(secret.path("name").asText()).isEqualTo("alert-channels"))
                .map(secret -> secret.path("key").asText())
                .collect(Collectors.toSet());

        // Then
        assertThat(guide).contains("alert-channels");
        assertThat(keys).isNotEmpty().allSatisfy(key -> assertThat(guide).contains("`" + key + "`"));
    }
}
