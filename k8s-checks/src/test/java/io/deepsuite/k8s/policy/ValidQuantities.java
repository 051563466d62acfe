package io.deepsuite.k8s.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.deepsuite.k8s.render.Manifest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Amounts that the API server can read: {@code 500m}, {@code 1.5Gi}, {@code 1e3}; not {@code 70%} and not {@code 500ms}. */
final class ValidQuantities implements Policy {
    private static final Pattern QUANTITY =
            Pattern.compile("[+-]?([0-9]+|[0-9]+\\.[0-9]*|\\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?");
    private static final Set<String> MAPS =
            Set.of("requests", "limits", "hard", "default", "defaultRequest", "max", "min", "capacity", "nominalQuota");
    private static final Set<String> VALUES = Set.of("sizeLimit", "averageValue", "divisor", "storage", "maxClaimSize");
    private static final Set<String> SIZED = Set.of("Cluster", "KafkaNodePool", "Kafka");

    @Override
    public Stream<String> violations(List<Manifest> manifests) {
        return manifests.stream()
                .filter(manifest -> !manifest.is("CustomResourceDefinition") && !manifest.is("ConfigMap"))
                .flatMap(manifest -> invalid(manifest, manifest.content(), ""));
    }

    private static Stream<String> invalid(Manifest manifest, JsonNode node, String path) {
        if (node.isArray()) {
            return Manifest.elements(node).flatMap(element -> invalid(manifest, element, path));
        }
        return node.properties().stream().flatMap(entry -> {
            var here = path + "/" + entry.getKey();
            return Stream.concat(
                    quantities(manifest, entry)
                            .filter(value -> !QUANTITY.matcher(value).matches())
                            .map(value -> "%s: %s \"%s\" is not a quantity".formatted(manifest.id(), here, value)),
                    invalid(manifest, entry.getValue(), here));
        });
    }

    private static Stream<String> quantities(Manifest manifest, Map.Entry<String, JsonNode> entry) {
        var value = entry.getValue();
        if (MAPS.contains(entry.getKey()) && value.isObject()) {
            return Manifest.elements(value).filter(JsonNode::isValueNode).map(JsonNode::asText);
        }
        boolean isQuantity = VALUES.contains(entry.getKey())
                || (entry.getKey().equals("size") && SIZED.contains(manifest.kind()))
                || (entry.getKey().equals("value") && manifest.is("HorizontalPodAutoscaler"));
        return isQuantity && value.isValueNode() ? Stream.of(value.asText()) : Stream.empty();
    }
}
