package io.deepsuite.k8s.policy;

import io.deepsuite.k8s.render.Manifest;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Every namespace of the suite refuses pods that are not locked down, denies all traffic by default, and has a quota and limits. */
final class GuardedNamespaces implements Policy {
    private static final Set<String> LEVELS = Set.of("restricted", "baseline");

    @Override
    public Stream<String> violations(List<Manifest> manifests) {
        var declared = manifests.stream()
                .filter(manifest -> manifest.is("Namespace"))
                .flatMap(namespace -> Stream.of(podSecurity(namespace), guards(namespace, manifests))
                        .flatMap(problems -> problems)
                        .map(problem -> namespace.id() + ": " + problem));
        var undeclared = Workload.of(manifests)
                .filter(workload -> manifests.stream()
                        .noneMatch(manifest ->
                                manifest.is("Namespace") && manifest.name().equals(workload.namespace())))
                .map(workload -> workload.id() + ": its namespace is not declared");
        return Stream.concat(declared, undeclared);
    }

    private static Stream<String> podSecurity(Manifest namespace) {
        var labels = namespace.at("/metadata/labels");
        var enforced = labels.path("pod-security.kubernetes.io/enforce").asText();
        var warned = labels.path("pod-security.kubernetes.io/warn").asText();
        return Stream.of(
                        LEVELS.contains(enforced) ? "" : "Pod Security is not enforced",
                        warned.equals("restricted") ? "" : "Pod Security does not warn of what is not restricted")
                .filter(problem -> !problem.isEmpty());
    }

    private static Stream<String> guards(Manifest namespace, List<Manifest> manifests) {
        var own = manifests.stream()
                .filter(manifest -> manifest.namespace().equals(namespace.name()))
                .toList();
        return Stream.of(
                        own.stream().anyMatch(GuardedNamespaces::deniesAll) ? "" : "does not deny traffic by default",
                        has(own, "ResourceQuota") ? "" : "has no ResourceQuota",
                        has(own, "LimitRange") ? "" : "has no LimitRange")
                .filter(problem -> !problem.isEmpty());
    }

    private static boolean has(List<Manifest> own, String kind) {
        return own.stream().anyMatch(manifest -> manifest.is(kind));
    }

    private static boolean deniesAll(Manifest policy) {
        return policy.is("NetworkPolicy")
                && policy.at("/spec/podSelector").isObject()
                && policy.at("/spec/podSelector").isEmpty()
                && policy.at("/spec/policyTypes").size() == 2
                && !policy.at("/spec").has("ingress")
                && !policy.at("/spec").has("egress");
    }
}
