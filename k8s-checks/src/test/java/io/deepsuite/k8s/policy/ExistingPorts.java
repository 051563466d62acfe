package io.deepsuite.k8s.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.deepsuite.k8s.render.Manifest;
import java.util.List;
import java.util.stream.Stream;

/** A port that a service, a probe or a network policy names is one that a container opens. */
final class ExistingPorts implements Policy {

    @Override
    public Stream<String> violations(List<Manifest> manifests) {
        return Stream.of(
                        manifests.stream()
                                .filter(manifest -> manifest.is("Service"))
                                .flatMap(service -> service(service, manifests)),
                        Workload.of(manifests).flatMap(ExistingPorts::probes),
                        manifests.stream()
                                .filter(manifest -> manifest.is("NetworkPolicy"))
                                .flatMap(policy -> ingress(policy, manifests)),
                        manifests.stream()
                                .filter(manifest -> manifest.is("StatefulSet"))
                                .flatMap(set -> governing(set, manifests)))
                .flatMap(stream -> stream);
    }

    private static Stream<String> service(Manifest service, List<Manifest> manifests) {
        var selector = JsonNodeFactory.instance.objectNode().set("matchLabels", service.at("/spec/selector"));
        return selected(service, selector, manifests)
                .flatMap(workload -> service.each("/spec/ports")
                        .map(port ->
                                port.path("targetPort").isMissingNode() ? port.path("port") : port.path("targetPort"))
                        .filter(port -> !opens(workload, port))
                        .map(port ->
                                "%s: port %s is not one of %s".formatted(service.id(), port.asText(), workload.id())));
    }

    private static Stream<String> probes(Workload workload) {
        return workload.containers()
                .flatMap(container -> Stream.of("startupProbe", "livenessProbe", "readinessProbe")
                        .map(container::path)
                        .map(probe -> probe.has("grpc") ? probe.at("/grpc/port") : probe.at("/httpGet/port"))
                        .filter(port -> !port.isMissingNode() && !opens(workload, port))
                        .map(port ->
                                "%s: a probe asks port %s, which is not open".formatted(workload.id(), port.asText())));
    }

    private static Stream<String> ingress(Manifest policy, List<Manifest> manifests) {
        var selector = policy.at("/spec/podSelector");
        if (selector.isEmpty()) {
            return Stream.empty();
        }
        return selected(policy, selector, manifests)
                .flatMap(workload -> policy.each("/spec/ingress")
                        .flatMap(rule -> Manifest.elements(rule.path("ports")))
                        .map(port -> port.path("port"))
                        .filter(port -> !opens(workload, port))
                        .map(port -> "%s: lets callers in to port %s, which %s does not open"
                                .formatted(policy.id(), port.asText(), workload.id())));
    }

    private static Stream<String> governing(Manifest set, List<Manifest> manifests) {
        var name = set.text("/spec/serviceName");
        boolean exists = manifests.stream()
                .anyMatch(manifest -> manifest.is("Service")
                        && manifest.namespace().equals(set.namespace())
                        && manifest.name().equals(name)
                        && manifest.text("/spec/clusterIP").equals("None"));
        return exists ? Stream.empty() : Stream.of(set.id() + ": no headless service " + name);
    }

    private static Stream<Workload> selected(Manifest selecting, JsonNode selector, List<Manifest> manifests) {
        return Workload.of(manifests)
                .filter(workload -> workload.namespace().equals(selecting.namespace()))
                .filter(workload -> MatchingSelectors.matches(selector, workload.labels()));
    }

    private static boolean opens(Workload workload, JsonNode port) {
        return workload.allContainers()
                .flatMap(container -> Manifest.elements(container.path("ports")))
                .anyMatch(open -> port.isNumber()
                        ? open.path("containerPort").asInt() == port.asInt()
                        : open.path("name").asText().equals(port.asText()));
    }
}
