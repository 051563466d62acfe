package io.deepsuite.k8s.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.k8s.render.Kustomize;
import io.deepsuite.k8s.render.Manifest;
import io.deepsuite.k8s.render.Repository;
import io.deepsuite.k8s.render.Yaml;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScalerTest {

    private static final String SERVICE = "model-service";

    @Test
    void theAutoscalerKeepsItsBounds() {
        // When
        var scaler = one("components/hpa", "HorizontalPodAutoscaler");

        // Then
        assertThat(scaler.at("/spec/minReplicas").asInt()).isEqualTo(2);
        assertThat(scaler.at("/spec/maxReplicas").asInt()).isEqualTo(10);
        assertThat(scaler.text("/spec/scaleTargetRef/name")).isEqualTo(SERVICE);
    }

    @Test
    void theAdapterServesTheMetricThatTheAutoscalerAsksFor() {
        // Given
        var rule = Yaml.documents(Repository.read(Repository.k8s("components/hpa/adapter-rules.yaml")))
                .getFirst()
                .at("/rules/0");

        // Then
        assertThat(one("components/hpa", "HorizontalPodAutoscaler").text("/spec/metrics/0/pods/metric/name"))
                .isEqualTo(rule.at("/name/as").asText());
        assertThat(MetricCatalogue.ofThePage().unknown(rule.path("seriesQuery").asText()))
                .isEmpty();
    }

    @Test
    void kedaAsksForWhatExistsAndNeverTakesBlindnessForCalm() {
        // Given
        var scaled = one("components/keda", "ScaledObject");
        var trigger = scaled.at("/spec/triggers/0");

        // Then
        assertThat(scaled.text("/spec/scaleTargetRef/name")).isEqualTo(SERVICE);
        assertThat(MetricCatalogue.withRecorded(Rule.all())
                        .unknown(trigger.at("/metadata/query").asText()))
                .isEmpty();
        assertThat(trigger.at("/metadata/ignoreNullValues").asText()).isEqualTo("false");
        assertThat(scaled.at("/spec/fallback/replicas").asInt())
                .isGreaterThanOrEqualTo(scaled.at("/spec/minReplicaCount").asInt());
    }

    /** Seventy percent of the calls that a replica runs at one time, in both scalers. */
    @Test
    void theThresholdFollowsWhatAReplicaTakes() {
        // Given
        var source = Repository.read(
                Repository.path("model-service/src/main/java/io/deepsuite/model/inference/InferenceConfig.java"));
        var bound = Pattern.compile("@WithDefault\\(\"(\\d+)\"\\)[^;]*int maxConcurrentCalls")
                .matcher(source);
        assertThat(bound.find()).isTrue();
        var expected = String.valueOf(Math.round(Integer.parseInt(bound.group(1)) * 0.7));

        // Then
        assertThat(one("components/keda", "ScaledObject").text("/spec/triggers/0/metadata/threshold"))
                .isEqualTo(expected);
        assertThat(one("components/hpa", "HorizontalPodAutoscaler").text("/spec/metrics/0/pods/target/averageValue"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"components/keda", "components/hpa"})
    void nobodyElseSetsTheNumberOfReplicas(String component) {
        assertThat(rendered(component))
                .filteredOn(object -> object.is("StatefulSet") && object.name().equals(SERVICE))
                .singleElement()
                .satisfies(object ->
                        assertThat(object.at("/spec/replicas").isMissingNode()).isTrue());
    }

    private static Manifest one(String component, String kind) {
        return rendered(component).stream()
                .filter(object -> object.is(kind))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind));
    }

    private static List<Manifest> rendered(String component) {
        return Kustomize.render(Kustomize.bases(), List.of(component));
    }
}
