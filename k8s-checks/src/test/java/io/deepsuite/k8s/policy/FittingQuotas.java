package io.deepsuite.k8s.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.deepsuite.k8s.render.Manifest;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What is asked for in a namespace fits its quota; a pod beyond it would never start, and nobody would be told. */
final class FittingQuotas implements Policy {

    @Override
    public Stream<String> violations(List<Manifest> manifests) {
        return manifests.stream()
                .filter(manifest -> manifest.is("ResourceQuota"))
                .flatMap(quota -> exceeded(quota, manifests));
    }

    private static Stream<String> exceeded(Manifest quota, List<Manifest> manifests) {
        var asked = asked(quota.namespace(), manifests);
        return quota.at("/spec/hard").properties().stream()
                .filter(entry ->
                        asked.getOrDefault(entry.getKey(), BigDecimal.ZERO).compareTo(amount(entry.getValue())) > 0)
                .map(entry -> "%s: %s are asked for, %s of it allowed"
                        .formatted(
                                quota.id(),
                                asked.getOrDefault(entry.getKey(), BigDecimal.ZERO)
                                                .toPlainString() + " " + entry.getKey(),
                                entry.getValue().asText()));
    }

    private static Map<String, BigDecimal> asked(String namespace, List<Manifest> manifests) {
        var asked = new HashMap<String, BigDecimal>();
        var own = manifests.stream()
                .filter(manifest -> manifest.namespace().equals(namespace))
                .toList();
        Workload.of(own).forEach(workload -> {
            int replicas = workload.manifest().at("/spec/replicas").asInt(1);
            workload.containers().forEach(container -> compute(asked, container.path("resources"), replicas));
            workload.manifest()
                    .each("/spec/volumeClaimTemplates")
                    .forEach(claim ->
                            add(asked, "requests.storage", claim.at("/spec/resources/requests/storage"), replicas));
        });
        for (var manifest : own) {
            switch (manifest.apiVersion() + "/" + manifest.kind()) {
                case "postgresql.cnpg.io/v1/Cluster" -> {
                    int instances = manifest.at("/spec/instances").asInt(1);
                    compute(asked, manifest.at("/spec/resources"), instances);
                    add(asked, "requests.storage", manifest.at("/spec/storage/size"), instances);
                    add(asked, "requests.storage", manifest.at("/spec/walStorage/size"), instances);
                }
                case "kafka.strimzi.io/v1/KafkaNodePool" -> {
                    int replicas = manifest.at("/spec/replicas").asInt(1);
                    compute(asked, manifest.at("/spec/resources"), replicas);
                    manifest.each("/spec/storage/volumes")
                            .forEach(volume -> add(asked, "requests.storage", volume.path("size"), replicas));
                }
                case "kafka.strimzi.io/v1/Kafka" -> {
                    compute(asked, manifest.at("/spec/entityOperator/topicOperator/resources"), 1);
                    compute(asked, manifest.at("/spec/entityOperator/userOperator/resources"), 1);
                }
                case "k8s.keycloak.org/v2beta1/Keycloak" ->
                    compute(
                            asked,
                            manifest.at("/spec/resources"),
                            manifest.at("/spec/instances").asInt(1));
                default -> {
                    // asks for nothing
                }
            }
        }
        return asked;
    }

    private static void compute(Map<String, BigDecimal> asked, JsonNode resources, int replicas) {
        resources
                .path("requests")
                .properties()
                .forEach(entry -> add(asked, "requests." + entry.getKey(), entry.getValue(), replicas));
        resources.path("limits").properties().forEach(entry -> {
            add(asked, "limits." + entry.getKey(), entry.getValue(), replicas);
            // A limit of an accelerator is a request too.
            if (entry.getKey().contains("/") && !resources.path("requests").has(entry.getKey())) {
                add(asked, "requests." + entry.getKey(), entry.getValue(), replicas);
            }
        });
    }

    private static void add(Map<String, BigDecimal> asked, String name, JsonNode quantity, int times) {
        if (quantity.isValueNode()) {
            asked.merge(name, amount(quantity).multiply(BigDecimal.valueOf(times)), BigDecimal::add);
        }
    }

    private static BigDecimal amount(JsonNode quantity) {
        try {
            return Quantity.getAmountInBytes(new Quantity(quantity.asText()));
        } catch (IllegalArgumentException _) {
            // That it is none, another rule says.
            return BigDecimal.ZERO;
        }
    }
}
