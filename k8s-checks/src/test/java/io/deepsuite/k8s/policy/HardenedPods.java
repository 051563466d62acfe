package io.deepsuite.k8s.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.deepsuite.k8s.render.Manifest;
import java.util.List;
import java.util.stream.Stream;

/** What the Pod Security standard "restricted" asks for, and beyond it: a read-only root, no token, bounded resources, nothing of the host. */
final class HardenedPods implements Policy {

    @Override
    public Stream<String> violations(List<Manifest> manifests) {
        return Workload.of(manifests)
                .flatMap(workload -> Stream.concat(
                        pod(workload), workload.allContainers().flatMap(container -> container(workload, container))));
    }

    private static Stream<String> pod(Workload workload) {
        var pod = workload.pod();
        var security = pod.path("securityContext");
        return Stream.of(
                        violated(security.path("runAsNonRoot").asBoolean(false), "runAsNonRoot is not true"),
                        violated(security.path("runAsUser").asInt(65532) != 0, "runs as root"),
                        violated(
                                security.at("/seccompProfile/type").asText().equals("RuntimeDefault"),
                                "seccompProfile is not RuntimeDefault"),
                        violated(
                                !pod.path("automountServiceAccountToken").asBoolean(true),
                                "mounts a token of the service account"),
                        violated(
                                !pod.path("serviceAccountName")
                                        .asText("default")
                                        .equals("default"),
                                "has no service account of its own"),
                        violated(
                                Stream.of("hostNetwork", "hostPID", "hostIPC")
                                        .noneMatch(field -> pod.path(field).asBoolean(false)),
                                "shares a namespace of the host"),
                        violated(
                                Manifest.elements(pod.path("volumes")).noneMatch(volume -> volume.has("hostPath")),
                                "mounts a path of the host"))
                .flatMap(problem -> problem)
                .map(problem -> workload.id() + ": " + problem);
    }

    private static Stream<String> container(Workload workload, JsonNode container) {
        var security = container.path("securityContext");
        var resources = container.path("resources");
        return Stream.of(
                        violated(
                                !security.path("allowPrivilegeEscalation").asBoolean(true),
                                "allowPrivilegeEscalation is not false"),
                        violated(
                                security.path("readOnlyRootFilesystem").asBoolean(false),
                                "readOnlyRootFilesystem is not true"),
                        violated(!security.path("privileged").asBoolean(false), "is privileged"),
                        violated(
                                Manifest.elements(security.at("/capabilities/drop"))
                                        .anyMatch(capability ->
                                                capability.asText().equals("ALL")),
                                "does not drop ALL capabilities"),
                        violated(security.at("/capabilities/add").isEmpty(), "adds capabilities"),
                        violated(
                                resources.at("/requests/cpu").isValueNode()
                                        && resources.at("/requests/memory").isValueNode(),
                                "does not request cpu and memory"),
                        violated(resources.at("/limits/memory").isValueNode(), "has no limit of memory"),
                        violated(
                                Manifest.elements(container.path("ports")).noneMatch(port -> port.has("hostPort")),
                                "takes a port of the host"))
                .flatMap(problem -> problem)
                .map(problem -> "%s: container %s %s"
                        .formatted(workload.id(), container.path("name").asText(), problem));
    }

    private static Stream<String> violated(boolean kept, String problem) {
        return kept ? Stream.empty() : Stream.of(problem);
    }
}
