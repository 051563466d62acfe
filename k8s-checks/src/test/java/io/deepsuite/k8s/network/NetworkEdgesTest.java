package io.deepsuite.k8s.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.k8s.render.Kustomize;
import io.deepsuite.k8s.render.Repository;
import io.deepsuite.k8s.render.Suite;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkEdgesTest {
    private static final Picture PICTURE = Picture.load();

    @ParameterizedTest
    @MethodSource("overlays")
    void anOverlayAllowsWhatIsDrawn(String overlay) {
        assertThat(NetworkEdges.violations(Kustomize.render(overlay), PICTURE)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("components")
    void aComponentAllowsWhatIsDrawn(String component) {
        assertThat(NetworkEdges.violations(Suite.with(component).manifests(), PICTURE))
                .isEmpty();
    }

    @Test
    void seesAnEdgeThatIsNotDrawn() {
        // Given
        var planted = Suite.with().plus("""
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: back-door, namespace: deepsuite-audit}
                spec:
                  podSelector: {matchLabels: {app.kubernetes.io/name: audit-service}}
                  policyTypes: [Ingress]
                  ingress:
                    - from:
                        - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: deepsuite-model}}
                          podSelector: {matchLabels: {app.kubernetes.io/name: model-service}}
                      ports: [{protocol: TCP, port: 8443}]
                """);

        // When
        var violations = NetworkEdges.violations(planted.manifests(), PICTURE);

        // Then
        assertThat(violations).contains("allowed but not drawn: model-service -> audit-service:8443");
    }

    @Test
    void seesAnotherPortOfADrawnEdge() {
        assertThat(NetworkEdges.violations(
                        Suite.with()
                                .set("NetworkPolicy", "dataprep-service", "/spec/ingress/0/ports/0/port", "8080")
                                .manifests(),
                        PICTURE))
                .contains("allowed but not drawn: model-service -> dataprep-service:8080");
    }

    @Test
    void seesThatAnEdgeIsOpenAtOneEndOnly() {
        assertThat(NetworkEdges.violations(
                        Suite.with()
                                .set("NetworkPolicy", "dataprep-service", "/spec/ingress", "[]")
                                .manifests(),
                        PICTURE))
                .contains("the caller may leave, the called lets nobody in: model-service -> dataprep-service:8443");
    }

    @Test
    void seesARuleThatLetsEverybodyIn() {
        assertThat(NetworkEdges.violations(
                        Suite.with()
                                .set("NetworkPolicy", "audit-service", "/spec/ingress", "[{}]")
                                .manifests(),
                        PICTURE))
                .contains("allowed but not drawn: anywhere -> audit-service:*");
    }

    @Test
    void seesACallerWhomNobodyHasDrawn() {
        assertThat(NetworkEdges.violations(
                        Suite.with()
                                .set(
                                        "NetworkPolicy",
                                        "audit-service",
                                        "/spec/ingress/0/from",
                                        "[{namespaceSelector: {matchLabels: {team: blue}}}]")
                                .manifests(),
                        PICTURE))
                .anySatisfy(violation ->
                        assertThat(violation).contains("nobody in the picture").contains("blue"));
    }

    @Test
    void everyDrawnEdgeIsAllowedSomewhere() {
        assertThat(Repository.kustomizations("components", "Component").stream()
                        .flatMap(component ->
                                NetworkEdges.allowed(Suite.with(component).manifests(), PICTURE).stream()))
                .containsAll(PICTURE.edges());
    }

    @Test
    void thePictureNamesEveryEdge() {
        var readme = Repository.read(Repository.k8s("README.md"));
        assertThat(PICTURE.edges().stream()
                        .filter(edge -> !edge.from().equals("every pod"))
                        .map(edge -> "| %s | %s |".formatted(edge.from(), edge.to()))
                        .filter(row -> !readme.contains(row)))
                .isEmpty();
    }

    static Stream<String> overlays() {
        return Repository.kustomizations("overlays", "Kustomization").stream();
    }

    static Stream<String> components() {
        return Repository.kustomizations("components", "Component").stream();
    }
}
