package io.deepsuite.k8s.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.deepsuite.k8s.render.Manifest;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What serves has three probes without a shell, a disruption budget that lets nodes be drained, time to drain, and replicas that do not stand together. */
final class ResilientWorkloads implements Policy {
    private static final Set<String> TOPOLOGIES = Set.of("topology.kubernetes.io/zone", "kubernetes.io/hostname");

    @Override
    public Stream<String> violations(List<Manifest> manifests) {
        return Workload.of(manifests)
                .filter(Workload::serves)
                .flatMap(workload -> Stream.of(
                                workload.containers().flatMap(ResilientWorkloads::probes),
                                suitePaths(workload),
                                budget(workload, manifests),
                                spread(workload))
                        .flatMap(problems -> problems)
                        .map(problem -> workload.id() + ": " + problem));
    }

    private static Stream<String> probes(JsonNode container) {
        return Stream.of("startupProbe", "livenessProbe", "readinessProbe").flatMap(name -> {
            var probe = container.path(name);
            if (probe.isMissingNode()) {
                return Stream.of("no " + name);
            }
            return probe.has("exec")
                    ? Stream.of(name + " runs a program in the container; ask over HTTP or gRPC")
                    : Stream.empty();
        });
    }

    /** The suite's own services answer at fixed paths. Not at /health, which is down with what they need: a restart does not bring a database back. */
    private static Stream<String> suitePaths(Workload workload) {
        return workload.containers()
                .filter(container -> container.path("image").asText().contains("deepsuite/"))
                .flatMap(container -> Stream.of(
                                path(container, "startupProbe", "/started"),
                                path(container, "livenessProbe", "/live"),
                                path(container, "readinessProbe", "/ready"))
                        .filter(problem -> !problem.isEmpty()));
    }

    private static String path(JsonNode container, String probe, String expected) {
        var path = container.path(probe).at("/httpGet/path").asText();
        return path.equals(expected) ? "" : "%s asks \"%s\" (expected: %s)".formatted(probe, path, expected);
    }

    private static Stream<String> budget(Workload workload, List<Manifest> manifests) {
        var budgets = manifests.stream()
                .filter(manifest -> manifest.is("PodDisruptionBudget"))
                .filter(manifest -> manifest.namespace().equals(workload.namespace()))
                .filter(manifest -> MatchingSelectors.matches(manifest.at("/spec/selector"), workload.labels()))
                .toList();
        if (budgets.isEmpty()) {
            return Stream.of("no disruption budget selects its pods");
        }
        boolean drains = budgets.stream()
                .allMatch(budget -> budget.at("/spec/maxUnavailable").asInt(0) >= 1);
        return drains ? Stream.empty() : Stream.of("its disruption budget never lets a node be drained");
    }

    private static Stream<String> spread(Workload workload) {
        return TOPOLOGIES.stream()
                .sorted()
                .filter(topology -> Manifest.elements(workload.pod().path("topologySpreadConstraints"))
                        .noneMatch(constraint ->
                                constraint.path("topologyKey").asText().equals(topology)
                                        && MatchingSelectors.matches(
                                                constraint.path("labelSelector"), workload.labels())))
                .map(topology -> "its pods are not spread over " + topology);
    }
}
