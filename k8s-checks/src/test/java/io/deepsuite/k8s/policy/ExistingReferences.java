package io.deepsuite.k8s.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.deepsuite.k8s.render.Manifest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What an object refers to by name is rendered too, is made by something that is, or stands in {@code k8s/given.yaml}. */
final class ExistingReferences implements Policy {
    private static final Set<String> SECRET_NAMES = Set.of(
            "secretName", "tlsSecret", "serverTLSSecret", "serverCASecret", "clientCASecret", "replicationTLSSecret");
    private static final Set<String> SECRET_KEYS = Set.of(
            "secretKeyRef", "usernameSecret", "passwordSecret", "bearerTokenSecret", "accessKeyId", "secretAccessKey");

    private static final Set<String> ROUTES = Set.of("HTTPRoute", "GRPCRoute", "TLSRoute");

    /** What is there before anything is applied. */
    private static final Set<String> SYSTEM_CLASSES = Set.of("system-cluster-critical", "system-node-critical");

    @Override
    public Stream<String> violations(List<Manifest> manifests) {
        var secrets = Secrets.of(manifests);
        return manifests.stream()
                .filter(manifest -> !manifest.is("CustomResourceDefinition"))
                .flatMap(manifest -> Stream.of(
                                named(manifest, manifest.content(), secrets),
                                configMaps(manifest, manifests),
                                issuers(manifest, manifests),
                                backends(manifest, manifests),
                                targets(manifest, manifests),
                                strimzi(manifest, manifests))
                        .flatMap(problems -> problems)
                        .map(problem -> manifest.id() + ": " + problem))
                .distinct();
    }

    private static Stream<String> named(Manifest manifest, JsonNode node, Secrets secrets) {
        if (node.isArray()) {
            return Manifest.elements(node)
                    .flatMap(element -> Stream.concat(
                            secret(manifest, Map.entry("", element), secrets), named(manifest, element, secrets)));
        }
        boolean optional = node.path("optional").asBoolean(false);
        return node.properties().stream()
                .flatMap(entry -> optional
                        ? Stream.empty()
                        : Stream.concat(secret(manifest, entry, secrets), named(manifest, entry.getValue(), secrets)));
    }

    private static Stream<String> secret(Manifest manifest, Map.Entry<String, JsonNode> entry, Secrets secrets) {
        var value = entry.getValue();
        var namespace = manifest.is("ClusterIssuer") ? "cert-manager" : manifest.namespace();
        if (SECRET_NAMES.contains(entry.getKey()) && value.isTextual() && !manifest.is("Certificate")) {
            return secrets.has(namespace, value.asText())
                    ? Stream.empty()
                    : Stream.of("nothing makes Secret " + value.asText());
        }
        if (value.path("kind").asText().equals("Secret") && value.has("name") && !manifest.is("Secret")) {
            return secrets.has(namespace, value.path("name").asText())
                    ? Stream.empty()
                    : Stream.of("nothing makes Secret " + value.path("name").asText());
        }
        if (SECRET_KEYS.contains(entry.getKey()) && value.has("name")) {
            var name = value.path("name").asText();
            var key = value.path("key").asText();
            return secrets.has(namespace, name, key)
                    ? Stream.empty()
                    : Stream.of("nothing makes key %s of Secret %s".formatted(key, name));
        }
        return Stream.empty();
    }

    private static Stream<String> configMaps(Manifest manifest, List<Manifest> manifests) {
        return Workload.of(List.of(manifest)).flatMap(workload -> {
            var environment = workload.allContainers()
                    .flatMap(container -> Stream.concat(
                            Manifest.elements(container.path("envFrom")).map(source -> source.path("configMapRef")),
                            Manifest.elements(container.path("env"))
                                    .map(variable -> variable.at("/valueFrom/configMapKeyRef"))));
            var volumes = Manifest.elements(workload.pod().path("volumes"))
                    .flatMap(volume -> Stream.concat(
                            Stream.of(volume.path("configMap")),
                            Manifest.elements(volume.at("/projected/sources"))
                                    .map(source -> source.path("configMap"))));
            var missing = Stream.concat(environment, volumes)
                    .filter(reference ->
                            reference.has("name") && !reference.path("optional").asBoolean(false))
                    .filter(reference -> manifests.stream()
                            .noneMatch(candidate -> candidate.is("ConfigMap")
                                    && candidate.namespace().equals(workload.namespace())
                                    && candidate
                                            .name()
                                            .equals(reference.path("name").asText())
                                    && (!reference.has("key")
                                            || candidate
                                                    .at("/data")
                                                    .has(reference.path("key").asText()))))
                    .map(reference ->
                            "nothing makes ConfigMap " + reference.path("name").asText());
            return Stream.of(missing, account(workload, manifests), priority(workload, manifests))
                    .flatMap(problems -> problems);
        });
    }

    private static Stream<String> account(Workload workload, List<Manifest> manifests) {
        var name = workload.pod().path("serviceAccountName").asText();
        return name.isEmpty() || exists(manifests, "ServiceAccount", workload.namespace(), name)
                ? Stream.empty()
                : Stream.of("no ServiceAccount " + name);
    }

    private static Stream<String> priority(Workload workload, List<Manifest> manifests) {
        var name = workload.pod().path("priorityClassName").asText();
        return name.isEmpty() || SYSTEM_CLASSES.contains(name) || exists(manifests, "PriorityClass", "", name)
                ? Stream.empty()
                : Stream.of("no PriorityClass " + name);
    }

    private static Stream<String> issuers(Manifest manifest, List<Manifest> manifests) {
        var issuer = manifest.at("/spec/issuerRef");
        if (!manifest.is("Certificate")) {
            return Stream.empty();
        }
        var kind = issuer.path("kind").asText("Issuer");
        var namespace = kind.equals("ClusterIssuer") ? "" : manifest.namespace();
        return exists(manifests, kind, namespace, issuer.path("name").asText())
                ? Stream.empty()
                : Stream.of("no %s %s".formatted(kind, issuer.path("name").asText()));
    }

    private static Stream<String> backends(Manifest manifest, List<Manifest> manifests) {
        if (!ROUTES.contains(manifest.kind())) {
            return Stream.empty();
        }
        var services = manifest.each("/spec/rules")
                .flatMap(rule -> Manifest.elements(rule.path("backendRefs")))
                .filter(backend -> manifests.stream()
                        .noneMatch(service -> service.is("Service")
                                && service.namespace()
                                        .equals(backend.path("namespace").asText(manifest.namespace()))
                                && service.name().equals(backend.path("name").asText())
                                && service.each("/spec/ports")
                                        .anyMatch(port -> port.path("port").equals(backend.path("port")))))
                .map(backend -> "no port %s of Service %s"
                        .formatted(
                                backend.path("port").asText(),
                                backend.path("name").asText()));
        var gateways = manifest.each("/spec/parentRefs")
                .filter(parent -> parent.path("kind").asText("Gateway").equals("Gateway"))
                .filter(parent -> !exists(
                        manifests,
                        "Gateway",
                        parent.path("namespace").asText(manifest.namespace()),
                        parent.path("name").asText()))
                .map(parent -> "no Gateway " + parent.path("name").asText());
        return Stream.concat(services, gateways);
    }

    private static Stream<String> targets(Manifest manifest, List<Manifest> manifests) {
        var target = manifest.at("/spec/scaleTargetRef");
        return target.isMissingNode()
                        || exists(
                                manifests,
                                target.path("kind").asText("Deployment"),
                                manifest.namespace(),
                                target.path("name").asText())
                ? Stream.empty()
                : Stream.of("scales what is not there: " + target.path("name").asText());
    }

    private static Stream<String> strimzi(Manifest manifest, List<Manifest> manifests) {
        if (!Set.of("KafkaTopic", "KafkaUser", "KafkaNodePool").contains(manifest.kind())) {
            return Stream.empty();
        }
        var cluster = manifest.at("/metadata/labels").path("strimzi.io/cluster").asText();
        return exists(manifests, "Kafka", manifest.namespace(), cluster)
                ? Stream.empty()
                : Stream.of("belongs to Kafka \"%s\", which is not there".formatted(cluster));
    }

    private static boolean exists(List<Manifest> manifests, String kind, String namespace, String name) {
        return manifests.stream()
                .anyMatch(manifest -> manifest.is(kind)
                        && manifest.namespace().equals(namespace)
                        && manifest.name().equals(name));
    }
}
