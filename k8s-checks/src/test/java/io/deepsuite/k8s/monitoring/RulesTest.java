package io.deepsuite.k8s.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.k8s.render.Manifest;
import io.deepsuite.k8s.render.Repository;
import io.deepsuite.k8s.render.Yaml;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesTest {

    private static final Set<String> SEVERITIES = Set.of("page", "ticket", "info", "watchdog");
    private static final String PAGE = "docs/runbook.md";

    @ParameterizedTest
    @MethodSource("rules")
    void readsOnlyWhatExists(Rule rule) {
        assertThat(MetricCatalogue.withRecorded(Rule.all()).unknown(rule.expression()))
                .as("%s%s reads what docs/metrics.md does not list", rule.recorded(), rule.alert())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rate(deepsuite_audit_shiped_total[5m]) > 0",
                "sum by (pod) (deepsuite_audit_lagg)",
                "deepsuite_audit_lag{partition=\"0\"} > 0",
                "sum by (partition) (deepsuite_audit_lag)",
                "deepsuite_audit_lag and on () deepsuite:no:such_series",
                "deepsuite_audit_fsync_seconds > 1",
            })
    void seesThroughWhatDoesNotExist(String expression) {
        assertThat(MetricCatalogue.withRecorded(Rule.all()).unknown(expression)).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void saysHowUrgentItIsAndWhatToDo(Rule alert) {
        assertThat(alert.content().at("/labels/severity").asText()).isIn(SEVERITIES);
        assertThat(alert.content().at("/annotations/summary").asText()).isNotBlank();
        assertThat(alert.content().at("/annotations/runbook_url").asText())
                .isEqualTo(PAGE + "#" + alert.alert().toLowerCase(Locale.ROOT));
    }

    @Test
    void everyAlertHasItsSectionInTheRunbookAndEverySectionItsAlert() {
        // Given
        var sections = Pattern.compile("(?m)^### (Deepsuite\\w+)$")
                .matcher(Repository.read(Repository.path(PAGE)))
                .results()
                .map(heading -> heading.group(1))
                .toList();

        // Then
        assertThat(sections)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(
                        Rule.alerts().stream().map(Rule::alert).toList());
    }

    @Test
    void everySectionOfTheRunbookSaysWhatToLookAtAndWhatToDo() {
        for (var section : Repository.read(Repository.path(PAGE)).split("(?m)^### ", -1)) {
            if (section.startsWith("Deepsuite")) {
                assertThat(section).contains("**Means**", "**Look**", "**Do**");
            }
        }
    }

    @Test
    void everyAlertIsShownToFireAndNamesAreUsedOnce() {
        // Given
        var alerts = Rule.alerts().stream().map(Rule::alert).toList();
        var shown = new HashSet<String>();
        for (var file : Promtool.unitTests()) {
            Yaml.documents(Repository.read(file)).stream()
                    .flatMap(test -> Manifest.elements(test.path("tests")))
                    .flatMap(test -> Manifest.elements(test.path("alert_rule_test")))
                    .filter(test -> !test.path("exp_alerts").isEmpty())
                    .forEach(test -> shown.add(test.path("alertname").asText()));
        }

        // Then
        assertThat(alerts).doesNotHaveDuplicates();
        assertThat(shown).containsExactlyInAnyOrderElementsOf(alerts);
    }

    @Test
    void theComponentsTakeEveryFileOfRules() {
        var taken = Repository.kustomizations("components", "Component").stream()
                .flatMap(component ->
                        Yaml.documents(Repository.read(Repository.k8s(component + "/kustomization.yaml"))).stream()
                                .flatMap(content -> Manifest.elements(content.path("resources")))
                                .map(resource -> Repository.k8s(component).resolve(resource.asText())))
                .collect(Collectors.toSet());

        assertThat(taken).allMatch(Files::exists).containsAll(Rule.files());
    }

    @Test
    void theBoundOfTheJournalIsTheJournalsOwn() {
        // Given
        var source =
                Repository.read(Repository.path("audit-journal/src/main/java/io/deepsuite/journal/JournalConfig.java"));
        var bound = Pattern.compile("@WithDefault\\(\"(\\d+)G\"\\)\\s+MemorySize maxSize")
                .matcher(source);
        assertThat(bound.find()).isTrue();

        // Then
        assertThat(Rule.all())
                .filteredOn(rule -> rule.recorded().equals("deepsuite:journal_bound_bytes"))
                .singleElement()
                .extracting(Rule::expression)
                .isEqualTo("vector(%d)".formatted(Long.parseLong(bound.group(1)) << 30));
    }

    /** The budget of 99.95 % is 0.0005; windows and factors are those of the multi-window, multi-burn-rate method. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ratio_1h > 14.4 * 0.0005 and deepsuite:errors:ratio_5m > 14.4 * 0.0005",
                "ratio_6h > 6 * 0.0005 and deepsuite:errors:ratio_30m > 6 * 0.0005",
                "ratio_1d > 3 * 0.0005 and deepsuite:errors:ratio_2h > 3 * 0.0005",
                "ratio_3d > 0.0005 and deepsuite:errors:ratio_6h > 0.0005",
            })
    void burnRatesHaveALongAndAShortWindow(String windows) {
        assertThat(Rule.alerts())
                .anySatisfy(alert -> assertThat(alert.expression()).contains(windows));
    }

    /** What the thresholds are asked to be, in words that an auditor of this repository can compare. */
    @ParameterizedTest
    @MethodSource
    void thresholdsAreTheAgreedOnes(String alert, String expression, String patience) {
        assertThat(Rule.alerts())
                .filteredOn(rule -> rule.alert().equals(alert))
                .singleElement()
                .satisfies(rule -> assertThat(rule.expression()).contains(expression))
                .satisfies(
                        rule -> assertThat(rule.content().path("for").asText()).isEqualTo(patience));
    }

    static Stream<Arguments> thresholdsAreTheAgreedOnes() {
        return Stream.of(
                Arguments.of("DeepsuiteGpuBusy", "> 0.85", "5m"),
                Arguments.of("DeepsuiteGpuMemoryHigh", "> 0.85", "5m"),
                Arguments.of("DeepsuiteGpuScaleOut", "> 0.9", "10m"),
                Arguments.of("DeepsuiteGpuMultiprocessorsBusy", "> 0.9", "5m"),
                Arguments.of("DeepsuiteGpuIdle", "< 0.15", "30m"),
                Arguments.of("DeepsuiteInferenceSlow", "inference_slow:ratio_5m > 0.01", "5m"),
                Arguments.of("DeepsuiteErrorRateHigh", "ratio_5m > 0.01", "5m"),
                Arguments.of("DeepsuiteNodesAbnormal", "> 2", "2m"));
    }

    static Stream<Rule> rules() {
        return Rule.all().stream();
    }

    static Stream<Rule> alerts() {
        return Rule.alerts().stream();
    }
}
