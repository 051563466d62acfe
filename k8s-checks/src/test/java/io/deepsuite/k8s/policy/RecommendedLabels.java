package io.deepsuite.k8s.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.deepsuite.k8s.render.Manifest;
import java.util.List;
import java.util.stream.Stream;

/** The labels that Kubernetes recommends: on every object what it is and that it is of the suite, on pods all of them. */
final class RecommendedLabels implements Policy {
    private static final String PREFIX = "app.kubernetes.io/";
    private static final List<String> EVERYWHERE = List.of("name", "part-of", "managed-by");
    private static final List<String> ON_PODS =
            List.of("name", "instance", "component", "part-of", "managed-by", "version");

    @Override
    public Stream<String> violations(List<Manifest> manifests) {
        var objects = manifests.stream()
                .flatMap(manifest -> missing(manifest.id(), manifest.at("/metadata/labels"), EVERYWHERE));
        var pods = Workload.of(manifests)
                .flatMap(workload -> missing(workload.id() + " pods", workload.labels(), ON_PODS));
        var foreign = manifests.stream()
                .filter(manifest -> manifest.at("/metadata/labels").has(PREFIX + "part-of"))
                .filter(manifest -> !manifest.at("/metadata/labels")
                        .path(PREFIX + "part-of")
                        .asText()
                        .equals("deepsuite"))
                .map(manifest -> manifest.id() + ": label part-of is not deepsuite");
        return Stream.of(objects, pods, foreign).flatMap(stream -> stream);
    }

    private static Stream<String> missing(String where, JsonNode labels, List<String> required) {
        return required.stream()
                .filter(label -> labels.path(PREFIX + label).asText("").isEmpty())
                .map(label -> where + ": no label " + PREFIX + label);
    }
}
