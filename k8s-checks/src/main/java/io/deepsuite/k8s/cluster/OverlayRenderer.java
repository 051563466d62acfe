package io.deepsuite.k8s.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes the files of an overlay from a valid {@code DeepSeekCluster}. */
final class OverlayRenderer {
    private static final Map<String, String> SERVICES = Map.of(
            "modelService", "model-service", "dataprepService", "dataprep-service", "auditService", "audit-service");
    private static final List<String> IMAGES = List.of(
            "model-service",
            "dataprep-service",
            "monitor-agent",
            "audit-service",
            "migrations",
            "audit-archive",
            "local-engine");
    private static final String ENGINES = "deepsuite-engines";

    private final JsonNode spec;
    private final String name;
    private final String overlays;

    /**
     * @param resource a resource that its definition finds no fault with
     * @param overlays path from the new overlay to {@code k8s/overlays}
     */
    OverlayRenderer(JsonNode resource, String overlays) {
        this.spec = resource.path("spec");
        this.name = resource.at("/metadata/name").asText();
        this.overlays = overlays;
    }

    /** Contents of the files by name. */
    Map<String, String> files() {
        var kustomization = new LinkedHashMap<String, Object>();
        kustomization.put("apiVersion", "kustomize.config.k8s.io/v1beta1");
        kustomization.put("kind", "Kustomization");
        var resources =
                new ArrayList<>(List.of(overlays + "/" + spec.path("stage").asText()));
        var files = new TreeMap<String, String>();
        if (spec.has("publicZone")) {
            resources.add("node-pools.yaml");
            files.put("node-pools.yaml", Yaml.write(nodePools()));
        }
        kustomization.put("resources", resources);
        if (spec.has("images")) {
            kustomization.put("images", images());
        }
        var patches = patches();
        if (!patches.isEmpty()) {
            kustomization.put("patches", patches);
        }
        files.put(
                "kustomization.yaml",
                "# Rendered from DeepSeekCluster " + name + "; change that, not this.\n" + Yaml.write(kustomization));
        return files;
    }

    private List<Map<String, String>> images() {
        var images = spec.path("images");
        return IMAGES.stream()
                .<Map<String, String>>map(image -> {
                    // In the order that a person would write.
                    var entry = new LinkedHashMap<String, String>();
                    entry.put("name", "deepsuite/" + image);
                    if (images.has("prefix")) {
                        entry.put("newName", images.path("prefix").asText() + "/deepsuite/" + image);
                    }
                    entry.put("newTag", images.path("tag").asText());
                    return entry;
                })
                .toList();
    }

    private List<Map<String, Object>> patches() {
        var patches = new ArrayList<Map<String, Object>>();
        spec.path("replicas")
                .properties()
                .forEach(entry -> patches.add(patch(
                        Map.of(
                                "kind", "StatefulSet",
                                "name", SERVICES.getOrDefault(entry.getKey(), entry.getKey()),
                                "labelSelector", "deepsuite.io/track!=canary"),
                        operation("replace", "/spec/replicas", entry.getValue().asInt()))));
        if (spec.at("/privateZone/nodeSelector").size() > 0) {
            patches.add(patch(
                    Map.of("kind", "StatefulSet"),
                    operation("add", "/spec/template/spec/nodeSelector", spec.at("/privateZone/nodeSelector"))));
        }
        if (!engineTerms().isEmpty()) {
            patches.add(patch(
                    Map.of("kind", "Deployment", "namespace", ENGINES),
                    operation("add", "/spec/template/spec/affinity", Map.of("nodeAffinity", engineAffinity()))));
        }
        accelerators()
                .forEach((resource, count) -> patches.add(patch(
                        Map.of("kind", "ResourceQuota", "namespace", ENGINES),
                        operation(
                                "add",
                                "/spec/hard/requests."
                                        + resource.replace("~", "~0").replace("/", "~1"),
                                count.toString()))));
        if (spec.has("hostname") && !spec.path("stage").asText().equals("dev")) {
            patches.addAll(hostname(spec.path("hostname").asText()));
        }
        return patches;
    }

    private static List<Map<String, Object>> hostname(String host) {
        return List.of(
                patch(
                        Map.of("kind", "Gateway", "name", "deepsuite"),
                        operation("replace", "/spec/listeners/0/hostname", host)),
                patch(
                        Map.of("kind", "TLSRoute", "name", "model-service"),
                        operation("replace", "/spec/hostnames/0", host)),
                patch(
                        Map.of("kind", "Certificate", "name", "model-service-tls"),
                        operation("add", "/spec/dnsNames/-", host)));
    }

    /** Engines may run on nodes of either zone, and rather on one's own. */
    private Map<String, Object> engineAffinity() {
        var affinity = new LinkedHashMap<String, Object>();
        affinity.put("requiredDuringSchedulingIgnoredDuringExecution", Map.of("nodeSelectorTerms", engineTerms()));
        if (spec.has("publicZone") && spec.at("/privateZone/nodeSelector").size() > 0) {
            affinity.put(
                    "preferredDuringSchedulingIgnoredDuringExecution",
                    List.of(Map.of("weight", 100, "preference", engineTerms().getFirst())));
        }
        return affinity;
    }

    private List<Map<String, Object>> engineTerms() {
        var terms = new ArrayList<Map<String, Object>>();
        var own = spec.at("/privateZone/nodeSelector").properties().stream()
                .map(entry -> Map.of(
                        "key",
                        entry.getKey(),
                        "operator",
                        "In",
                        "values",
                        List.of(entry.getValue().asText())))
                .toList();
        if (!own.isEmpty()) {
            terms.add(Map.of("matchExpressions", own));
        }
        // Without labels of its own nodes there is nothing to choose between.
        if (spec.has("publicZone") && (!own.isEmpty() || !spec.has("privateZone"))) {
            terms.add(Map.of(
                    "matchExpressions",
                    List.of(Map.of(
                            "key", "node.kubernetes.io/instance-type",
                            "operator", "In",
                            "values", spec.at("/publicZone/instanceTypes")))));
        }
        return terms;
    }

    private Map<String, Long> accelerators() {
        var sums = new TreeMap<String, Long>();
        for (var zone : List.of("privateZone", "publicZone")) {
            spec.path(zone)
                    .path("gpuLimits")
                    .properties()
                    .forEach(
                            entry -> sums.merge(entry.getKey(), entry.getValue().asLong(), Long::sum));
        }
        return sums;
    }

    /** What whoever runs the node pools has to know; the suite itself does not rent machines. */
    private Map<String, Object> nodePools() {
        var zone = spec.path("publicZone");
        var data = new TreeMap<String, String>();
        data.put("provider", zone.path("provider").asText());
        var types = new ArrayList<String>();
        zone.path("instanceTypes").forEach(type -> types.add(type.asText()));
        data.put("instanceTypes", String.join(",", types));
        if (zone.has("spotPriceLimit")) {
            data.put("spotPriceLimit", zone.path("spotPriceLimit").asText());
        }
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("name", "node-pools");
        metadata.put("namespace", ENGINES);
        metadata.put(
                "labels",
                Map.of(
                        "app.kubernetes.io/name", "node-pools",
                        "app.kubernetes.io/part-of", "deepsuite",
                        "app.kubernetes.io/managed-by", "deepseekcluster"));
        var map = new LinkedHashMap<String, Object>();
        map.put("apiVersion", "v1");
        map.put("kind", "ConfigMap");
        map.put("metadata", metadata);
        map.put("data", data);
        return map;
    }

    private static Map<String, Object> operation(String op, String path, Object value) {
        var operation = new LinkedHashMap<String, Object>();
        operation.put("op", op);
        operation.put("path", path);
        operation.put("value", value);
        return operation;
    }

    private static Map<String, Object> patch(Map<String, String> target, Map<String, Object> operation) {
        var patch = new LinkedHashMap<String, Object>();
        patch.put("target", new TreeMap<>(target));
        patch.put("patch", Yaml.write(List.of(operation)));
        return patch;
    }
}
