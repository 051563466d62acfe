package io.deepsuite.k8s.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.deepsuite.k8s.render.Manifest;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Mistakes that are valid YAML of valid types, common in guides, and do not do what they say. Each has a sentence that says what happens instead; see the test
 * for the wrong forms.
 */
final class SeedMistakes implements Policy {
    private static final Set<String> RESOURCE_METRICS = Set.of("cpu", "memory");
    private static final Set<String> PUBLIC_AUTHORITIES =
            Set.of("letsencrypt-prod", "letsencrypt-staging", "letsencrypt");
    private static final Set<String> CEPH_RBD = Set.of("clusterID", "pool");

    @Override
    public Stream<String> violations(List<Manifest> manifests) {
        return manifests.stream()
                .flatMap(manifest -> (switch (manifest.kind()) {
                            case "HorizontalPodAutoscaler" -> autoscaler(manifest);
                            case "Certificate" -> certificate(manifest);
                            case "Ingress" -> Stream.of("Ingress: ingress-nginx is retired; use Gateway API routes");
                            case "VirtualService" -> virtualService(manifest, manifests);
                            case "StorageClass" -> storageClass(manifest);
                            case "PodDisruptionBudget" -> disruptionBudget(manifest);
                            case "StatefulSet", "Deployment", "Job", "DaemonSet" -> pods(manifest);
                            case "MPIJob" -> Stream.of("MPIJob: the training operator's first version is legacy");
                            default -> Stream.<String>empty();
                        })
                        .map(problem -> manifest.id() + ": " + problem));
    }

    private static Stream<String> autoscaler(Manifest manifest) {
        return manifest.each("/spec/metrics").flatMap(metric -> {
            var name = metric.at("/resource/name").asText();
            if (metric.path("type").asText().equals("Resource") && !RESOURCE_METRICS.contains(name)) {
                return Stream.of("the metrics API carries cpu and memory only, so %s never scales".formatted(name));
            }
            var external = metric.at("/external/metric/name").asText();
            return external.contains("latency")
                    ? Stream.of("latency is not proportional to the number of replicas; scale on the queue")
                    : Stream.empty();
        });
    }

    private static Stream<String> certificate(Manifest manifest) {
        var usages = Manifest.elements(manifest.at("/spec/usages"))
                .map(JsonNode::asText)
                .toList();
        boolean authority = manifest.at("/spec/isCA").asBoolean(false);
        boolean named = Stream.of("dnsNames", "uris", "ipAddresses", "emailAddresses")
                .anyMatch(field -> !manifest.at("/spec/" + field).isEmpty());
        return Stream.of(
                        PUBLIC_AUTHORITIES.contains(manifest.text("/spec/issuerRef/name"))
                                ? "a public authority issues neither cluster names nor client certificates"
                                : "",
                        authority || named ? "" : "names nobody: dnsNames or uris is needed",
                        authority
                                        || usages.contains("client auth")
                                        || usages.equals(List.of("digital signature", "server auth"))
                                ? ""
                                : "without the usage client auth it cannot be used for mutual TLS",
                        authority
                                        || manifest.text("/spec/privateKey/rotationPolicy")
                                                .equals("Always")
                                ? ""
                                : "keeps its key when it is renewed: rotationPolicy is not Always")
                .filter(problem -> !problem.isEmpty());
    }

    private static Stream<String> virtualService(Manifest manifest, List<Manifest> manifests) {
        var routes = Stream.concat(manifest.each("/spec/http"), manifest.each("/spec/tls"))
                .flatMap(http -> Manifest.elements(http.path("route")))
                .map(route -> route.path("destination"))
                .toList();
        boolean subsets = routes.stream().anyMatch(destination -> destination.has("subset"));
        boolean severalHosts = routes.stream()
                        .map(destination -> destination.path("host"))
                        .distinct()
                        .count()
                > 1;
        boolean declared = routes.stream()
                .filter(destination -> destination.has("subset"))
                .allMatch(destination -> manifests.stream()
                        .filter(rule -> rule.is("DestinationRule"))
                        .filter(rule -> rule.text("/spec/host")
                                .equals(destination.path("host").asText()))
                        .flatMap(rule -> rule.each("/spec/subsets"))
                        .anyMatch(subset -> subset.path("name").equals(destination.path("subset"))));
        return Stream.of(
                        manifest.apiVersion().equals("networking.istio.io/v1") ? "" : "not networking.istio.io/v1",
                        subsets && severalHosts ? "selects twice: by host and by subset" : "",
                        declared ? "" : "no DestinationRule declares its subsets")
                .filter(problem -> !problem.isEmpty());
    }

    private static Stream<String> storageClass(Manifest manifest) {
        if (!manifest.text("/provisioner").equals("rbd.csi.ceph.com")) {
            return Stream.empty();
        }
        var parameters = manifest.at("/parameters");
        return Stream.concat(
                CEPH_RBD.stream().sorted().filter(name -> !parameters.has(name)).map(name -> "no parameter " + name),
                parameters.has("rdmaEnabled") ? Stream.of("the driver has no parameter rdmaEnabled") : Stream.empty());
    }

    private static Stream<String> disruptionBudget(Manifest manifest) {
        return manifest.at("/spec/minAvailable").isMissingNode()
                ? Stream.empty()
                : Stream.of("minAvailable blocks drains as soon as one replica is gone; use maxUnavailable");
    }

    private static Stream<String> pods(Manifest manifest) {
        return Workload.of(List.of(manifest))
                .flatMap(workload -> workload.allContainers()
                        .flatMap(container -> Stream.of("requests", "limits")
                                .flatMap(kind -> container.path("resources").path(kind).properties().stream())
                                .map(java.util.Map.Entry::getKey)
                                .filter(name -> name.contains(" "))
                                .map(name -> "resource \"%s\" has a space in its name".formatted(name))));
    }
}
