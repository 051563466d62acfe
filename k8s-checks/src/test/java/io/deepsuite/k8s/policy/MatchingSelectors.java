package io.deepsuite.k8s.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deepsuite.k8s.render.Manifest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A selector selects something: pods of a workload that is rendered too, or pods that an operator makes for an object that is. */
final class MatchingSelectors implements Policy {
    private static final Map<String, String> POINTERS = Map.of(
            "Deployment", "/spec/selector",
            "StatefulSet", "/spec/selector",
            "DaemonSet", "/spec/selector",
            "PodDisruptionBudget", "/spec/selector",
            "PodMonitor", "/spec/selector",
            "NetworkPolicy", "/spec/podSelector");

    @Override
    public Stream<String> violations(List<Manifest> manifests) {
        var selectors = manifests.stream()
                .filter(manifest -> manifest.at("/spec/namespaceSelector").isMissingNode())
                .filter(manifest -> Stream.ofNullable(POINTERS.get(manifest.kind()))
                        .anyMatch(pointer -> !anyPod(manifest, manifests, manifest.at(pointer))))
                .map(manifest -> manifest.id() + ": its selector selects no pod");
        var services = manifests.stream()
                .filter(manifest ->
                        manifest.is("Service") && manifest.at("/spec/selector").isObject())
                .filter(manifest -> !anyPod(manifest, manifests, labels(manifest.at("/spec/selector"))))
                .map(manifest -> manifest.id() + ": its selector selects no pod");
        var own = Workload.of(manifests)
                .filter(workload -> workload.manifest().at("/spec/selector").isObject())
                .filter(workload -> !matches(workload.manifest().at("/spec/selector"), workload.labels()))
                .map(workload -> workload.id() + ": its selector does not select its own pods");
        return Stream.of(selectors, services, own).flatMap(stream -> stream);
    }

    /** Whether a label selector selects a pod with these labels. */
    static boolean matches(JsonNode selector, JsonNode labels) {
        var wanted = selector.path("matchLabels");
        return wanted.properties().stream()
                        .allMatch(entry -> labels.path(entry.getKey()).equals(entry.getValue()))
                && Manifest.elements(selector.path("matchExpressions"))
                        .allMatch(expression -> matchesExpression(expression, labels));
    }

    private static boolean matchesExpression(JsonNode expression, JsonNode labels) {
        var value = labels.path(expression.path("key").asText());
        boolean isIn = Manifest.elements(expression.path("values")).anyMatch(value::equals);
        return switch (expression.path("operator").asText()) {
            case "In" -> isIn;
            case "NotIn" -> !isIn;
            case "Exists" -> !value.isMissingNode();
            case "DoesNotExist" -> value.isMissingNode();
            default -> false;
        };
    }

    private static boolean anyPod(Manifest selecting, List<Manifest> manifests, JsonNode selector) {
        return (selecting.is("NetworkPolicy") && selector.isEmpty())
                || Stream.concat(
                                Workload.of(manifests)
                                        .filter(workload -> workload.namespace().equals(selecting.namespace()))
                                        .map(Workload::labels),
                                manifests.stream()
                                        .filter(manifest -> manifest.namespace().equals(selecting.namespace()))
                                        .flatMap(MatchingSelectors::madeByOperator))
                        .anyMatch(labels -> matches(selector, labels));
    }

    /** Labels of the pods that operators make. */
    private static Stream<JsonNode> madeByOperator(Manifest manifest) {
        var node = JsonNodeFactory.instance.objectNode();
        return switch (manifest.apiVersion() + "/" + manifest.kind()) {
            case "postgresql.cnpg.io/v1/Cluster" ->
                Stream.of(node.put("cnpg.io/cluster", manifest.name()).put("cnpg.io/podRole", "instance"));
            case "kafka.strimzi.io/v1/Kafka" ->
                Stream.of(
                        strimzi(manifest, manifest.name() + "-kafka"),
                        strimzi(manifest, manifest.name() + "-entity-operator"));
            case "gateway.networking.k8s.io/v1/Gateway" ->
                Stream.of(node.put("gateway.networking.k8s.io/gateway-name", manifest.name()));
            case "k8s.keycloak.org/v2beta1/Keycloak" ->
                Stream.of(node.put("app", "keycloak").put("app.kubernetes.io/instance", manifest.name()));
            case "k8s.keycloak.org/v2beta1/KeycloakRealmImport" -> Stream.of(node.put("app", "keycloak-realm-import"));
            default -> Stream.empty();
        };
    }

    private static ObjectNode strimzi(Manifest kafka, String name) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("strimzi.io/cluster", kafka.name())
                .put("strimzi.io/name", name);
    }

    private static JsonNode labels(JsonNode matchLabels) {
        return JsonNodeFactory.instance.objectNode().set("matchLabels", matchLabels);
    }
}
