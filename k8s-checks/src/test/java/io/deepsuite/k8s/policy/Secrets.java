package io.deepsuite.k8s.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.deepsuite.k8s.render.Manifest;
import io.deepsuite.k8s.render.Repository;
import io.deepsuite.k8s.render.Yaml;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The secrets there will be, with their keys: made by cert-manager, by CloudNativePG, or given by whoever deploys. */
record Secrets(Map<String, Set<String>> keys) {
    private static final Set<String> CERTIFICATE = Set.of("tls.crt", "tls.key", "ca.crt");
    private static final Set<String> DATABASE_USER = Set.of("username", "password");

    static Secrets of(List<Manifest> manifests) {
        var keys = new HashMap<String, Set<String>>();
        for (var given : Yaml.documents(Repository.read(Repository.k8s("given.yaml")))) {
            for (var secret : given.path("secrets")) {
                keys.put(
                        id(
                                secret.path("namespace").asText(),
                                secret.path("name").asText()),
                        Manifest.elements(secret.path("keys"))
                                .map(JsonNode::asText)
                                .collect(Collectors.toSet()));
            }
        }
        for (var manifest : manifests) {
            switch (manifest.apiVersion() + "/" + manifest.kind()) {
                case "cert-manager.io/v1/Certificate" ->
                    keys.put(id(manifest.namespace(), manifest.text("/spec/secretName")), CERTIFICATE);
                case "postgresql.cnpg.io/v1/Cluster" ->
                    keys.put(id(manifest.namespace(), manifest.name() + "-app"), DATABASE_USER);
                default -> {
                    // makes no secret
                }
            }
        }
        return new Secrets(keys);
    }

    boolean has(String namespace, String name) {
        return keys.containsKey(id(namespace, name));
    }

    boolean has(String namespace, String name, String key) {
        return keys.getOrDefault(id(namespace, name), Set.of()).contains(key);
    }

    private static String id(String namespace, String name) {
        return namespace + "/" + name;
    }
}
