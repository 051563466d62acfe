package io.deepsuite.k8s.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deepsuite.k8s.network.NetworkEdges;
import io.deepsuite.k8s.network.Picture;
import io.deepsuite.k8s.policy.Policy;
import io.deepsuite.k8s.render.Kustomize;
import io.deepsuite.k8s.render.Manifest;
import io.deepsuite.k8s.render.Repository;
import io.deepsuite.k8s.schema.StrictTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenderClusterTest {
    private static final Path K8S = Repository.k8s("");
    private static final Path EXAMPLE = Repository.k8s("crd/example.yaml");

    private Path folder = Path.of("");

    /** Below the checkout, as Kustomize follows only paths that are relative. */
    @BeforeEach
    void makeFolder(TestInfo test) throws IOException {
        folder = Repository.path("k8s-checks/target/clusters/"
                + Integer.toHexString(test.getDisplayName().hashCode()));
        Files.createDirectories(folder);
    }

    @Test
    void rendersAnOverlayThatRendersAndKeepsEveryRule() {
        // Given
        assertThat(RenderCluster.render(EXAMPLE, folder, K8S)).isEmpty();

        // When
        var manifests = Kustomize.render(folder);

        // Then
        assertThat(manifests).flatMap(StrictTypes::problems).isEmpty();
        assertThat(Policy.violationsOfAny(manifests)).isEmpty();
        assertThat(NetworkEdges.violations(manifests, Picture.load())).isEmpty();
    }

    @Test
    void carriesWhatTheResourceSaysIntoTheOverlay() {
        // Given
        RenderCluster.render(EXAMPLE, folder, K8S);

        // When
        var manifests = Kustomize.render(folder);

        // Then
        var model = only(manifests, "StatefulSet", "model-service");
        assertThat(model.at("/spec/replicas").asInt()).isEqualTo(5);
        assertThat(model.text("/spec/template/spec/nodeSelector/disktype")).isEqualTo("ssd");
        assertThat(model.text("/spec/template/spec/containers/0/image"))
                .isEqualTo("registry.example.com/team/deepsuite/model-service:0.1.0");
        assertThat(manifests.stream()
                        .filter(manifest -> manifest.is("ResourceQuota")
                                && manifest.namespace().equals("deepsuite-engines"))
                        .map(manifest -> manifest.text("/spec/hard/requests.nvidia.com~1gpu")))
                .containsExactly("24");
        assertThat(only(manifests, "Deployment", "vllm")
                        .at("/spec/template/spec/affinity/nodeAffinity")
                        .toString())
                .contains("p4d.24xlarge", "disktype");
        assertThat(only(manifests, "ConfigMap", "node-pools").text("/data/spotPriceLimit"))
                .isEqualTo("3.5");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {stage: production, hostname: a.example.com}                                  | a cluster needs privateZone, publicZone, or both
            {stage: production, privateZone: {}}                                          | staging and production need a hostname
            {stage: production, hostname: a.example.com, privateZone: {}, replicas: {modelService: 1}} | production needs two replicas
            {stage: testing, privateZone: {}}                                             | does not have a value in the enumeration
            {privateZone: {}}                                                             | required property 'stage' not found
            {stage: dev, privateZone: {gpuLimits: {"nvidia /gpu": 2}}}                    | without spaces
            {stage: dev, privateZone: {gpuLimits: {nvidia.com/gpu: -1}}}                  | must have a minimum value of 0
            {stage: dev, privateZone: {gpuLimits: {nvidia.com/gpu: 70%}}}                 | integer expected
            {stage: dev, privateZone: {nodeselector: {disktype: ssd}}}                    | property 'nodeselector' is not defined
            {stage: dev, privateZone: {}, images: {tag: latest}}                          | one that moves cannot be rolled back to
            {stage: dev, publicZone: {provider: aws}}                                     | required property 'instanceTypes' not found
            {stage: dev, publicZone: {provider: aws, instanceTypes: [p4d.24xlarge], spotPriceLimit: 0.0}} | spotPriceLimit must be more than 0
            {stage: staging, hostname: not a host, privateZone: {}}                       | does not match the regex pattern
            """)
    void refusesAResourceThatBreaksARule(String spec, String expected) throws IOException {
        // Given
        var file = folder.resolve("resource.yaml");
        Files.writeString(
                file,
                "{apiVersion: deepsuite.io/v1, kind: DeepSeekCluster, metadata: {name: x}, spec: %s}".formatted(spec));
        Files.deleteIfExists(folder.resolve("kustomization.yaml"));

        // When
        var problems = RenderCluster.render(file, folder, K8S);

        // Then
        assertThat(problems).anySatisfy(problem -> assertThat(problem).contains(expected));
        assertThat(folder.resolve("kustomization.yaml")).doesNotExist();
    }

    @Test
    void refusesAnotherKind() throws IOException {
        var file = folder.resolve("resource.yaml");
        Files.writeString(file, "{apiVersion: deepseek.ai/v1, kind: DeepSeekCluster, metadata: {name: x}, spec: {}}");

        assertThat(RenderCluster.render(file, folder, K8S))
                .singleElement()
                .asString()
                .contains("not a DeepSeekCluster");
    }

    @Test
    void theDefinitionIsStructural() {
        // Given
        var definition = only(Kustomize.render("crd"), "CustomResourceDefinition", "deepseekclusters.deepsuite.io");

        // When
        var problems = StrictTypes.problems(definition);

        // Then
        assertThat(problems).isEmpty();
        assertThat(untyped(definition.at("/spec/versions/0/schema/openAPIV3Schema"), "$"))
                .isEmpty();
    }

    /** A structural schema says the type of everything. */
    private static List<String> untyped(com.fasterxml.jackson.databind.JsonNode schema, String path) {
        if (!(schema instanceof ObjectNode) || !schema.has("type")) {
            return List.of(path);
        }
        var below = new java.util.ArrayList<String>();
        schema.path("properties")
                .properties()
                .forEach(property -> below.addAll(untyped(property.getValue(), path + "." + property.getKey())));
        for (var inner : List.of("items", "additionalProperties")) {
            if (schema.has(inner)) {
                below.addAll(untyped(schema.path(inner), path + "." + inner));
            }
        }
        return below;
    }

    private static Manifest only(List<Manifest> manifests, String kind, String name) {
        return manifests.stream()
                .filter(manifest -> manifest.is(kind) && manifest.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no %s %s".formatted(kind, name)));
    }
}
