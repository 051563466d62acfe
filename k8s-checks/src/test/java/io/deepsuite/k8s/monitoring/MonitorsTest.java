package io.deepsuite.k8s.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.k8s.render.Kustomize;
import io.deepsuite.k8s.render.Manifest;
import io.deepsuite.k8s.render.Repository;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MonitorsTest {

    @ParameterizedTest
    @MethodSource("services")
    void everyReplicaOfAServiceIsScrapedByItself(String service) {
        // Given
        var rendered = rendered();
        var pods = one(rendered, "StatefulSet", service);

        // When
        var monitor = one(rendered, "PodMonitor", service);

        // Then
        assertThat(monitor.namespace()).isEqualTo(pods.namespace());
        assertThat(monitor.text("/spec/jobLabel")).isEqualTo("app.kubernetes.io/name");
        monitor.at("/spec/selector/matchLabels")
                .properties()
                .forEach(label -> assertThat(
                                pods.at("/spec/template/metadata/labels").path(label.getKey()))
                        .isEqualTo(label.getValue()));
        assertThat(monitor.each("/spec/podMetricsEndpoints"))
                .singleElement()
                .satisfies(
                        endpoint -> assertThat(endpoint.path("path").asText()).isEqualTo("/metrics"))
                .satisfies(endpoint -> assertThat(pods.each("/spec/template/spec/containers/0/ports"))
                        .filteredOn(port -> port.path("name").equals(endpoint.path("port")))
                        .singleElement()
                        .satisfies(port ->
                                assertThat(port.path("containerPort").asInt()).isEqualTo(8080)));
    }

    @ParameterizedTest
    @MethodSource("services")
    void theScraperIsLetIn(String service) {
        assertThat(rendered())
                .filteredOn(
                        object -> object.is("NetworkPolicy") && object.name().equals(service))
                .singleElement()
                .satisfies(policy -> assertThat(policy.each("/spec/ingress")).anySatisfy(ingress -> {
                    assertThat(ingress.at("/ports/0/port").asInt()).isEqualTo(8080);
                    assertThat(ingress.at("/from/0/namespaceSelector/matchLabels")
                                    .path("deepsuite.io/scrapes")
                                    .asText())
                            .isEqualTo("true");
                }));
    }

    /** Through a service a scrape hits one replica by chance; and its label {@code service} would push ours aside. */
    @Test
    void nothingIsScrapedThroughAService() {
        assertThat(rendered()).noneMatch(object -> object.is("ServiceMonitor"));
    }

    static Stream<String> services() {
        return Repository.SERVICES.stream();
    }

    private static Manifest one(List<Manifest> objects, String kind, String name) {
        return objects.stream()
                .filter(object -> object.is(kind) && object.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
    }

    private static List<Manifest> rendered() {
        return Kustomize.render(Kustomize.bases(), List.of("components/prometheus"));
    }
}
