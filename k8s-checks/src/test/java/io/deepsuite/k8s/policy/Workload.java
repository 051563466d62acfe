package io.deepsuite.k8s.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.deepsuite.k8s.render.Manifest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An object that makes pods.
 *
 * @param template the pods' template
 */
public record Workload(Manifest manifest, JsonNode template) {
    private static final Map<String, String> TEMPLATES = Map.of(
            "Deployment", "/spec/template",
            "StatefulSet", "/spec/template",
            "DaemonSet", "/spec/template",
            "Job", "/spec/template",
            "CronJob", "/spec/jobTemplate/spec/template");

    /** The workloads among objects. */
    public static Stream<Workload> of(List<Manifest> manifests) {
        return manifests.stream()
                .flatMap(manifest -> Stream.ofNullable(TEMPLATES.get(manifest.kind()))
                        .map(pointer -> new Workload(manifest, manifest.at(pointer))));
    }

    public String id() {
        return manifest.id();
    }

    public String namespace() {
        return manifest.namespace();
    }

    public JsonNode pod() {
        return template.path("spec");
    }

    /** Labels of the pods. */
    public JsonNode labels() {
        return template.at("/metadata/labels");
    }

    /** Whether it runs until somebody stops it. */
    public boolean serves() {
        return !manifest.is("Job") && !manifest.is("CronJob");
    }

    /** Containers that stay. */
    public Stream<JsonNode> containers() {
        return Manifest.elements(pod().path("containers"));
    }

    /** All containers, those of the beginning too. */
    public Stream<JsonNode> allContainers() {
        return Stream.concat(containers(), Manifest.elements(pod().path("initContainers")));
    }
}
