package io.deepsuite.k8s.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.deepsuite.k8s.render.Manifest;
import io.deepsuite.k8s.render.Repository;
import io.deepsuite.k8s.render.Yaml;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What {@code k8s/edges.yaml} draws.
 *
 * @param nodes who can talk or be talked to
 * @param edges who may talk to whom
 */
public record Picture(List<Node> nodes, Set<Edge> edges) {

    /**
     * Somebody who can talk or be talked to.
     *
     * @param namespaces labels of the namespaces; empty for "anywhere"
     * @param pods labels of the pods; empty for every pod
     */
    public record Node(String name, JsonNode namespaces, JsonNode pods) {}

    public Picture {
        nodes = List.copyOf(nodes);
        edges = Set.copyOf(edges);
    }

    /** Reads the picture. */
    public static Picture load() {
        var root = Yaml.documents(Repository.read(Repository.k8s("edges.yaml"))).getFirst();
        var nodes = Manifest.elements(root.path("nodes")).map(Picture::node).toList();
        var edges = Manifest.elements(root.path("edges"))
                .flatMap(edge -> Manifest.elements(edge.path("ports"))
                        .map(port -> new Edge(
                                edge.path("from").asText(), edge.path("to").asText(), port.asText())))
                .collect(Collectors.toCollection(TreeSet::new));
        return new Picture(nodes, edges);
    }

    /** Who is meant by labels of namespaces and pods; nobody when they are not in the picture. */
    Optional<String> nameOf(JsonNode namespaces, JsonNode pods) {
        return nodes.stream()
                .filter(node ->
                        node.namespaces().equals(namespaces) && node.pods().equals(pods))
                .map(Node::name)
                .findFirst();
    }

    /** Labels that select the namespace of a name. */
    static JsonNode namespace(String name) {
        return JsonNodeFactory.instance.objectNode().put("kubernetes.io/metadata.name", name);
    }

    private static Node node(JsonNode node) {
        var empty = JsonNodeFactory.instance.objectNode();
        var namespaces = node.has("namespace")
                ? namespace(node.path("namespace").asText())
                : node.has("namespaces") ? node.path("namespaces") : empty;
        return new Node(node.path("name").asText(), namespaces, node.has("pods") ? node.path("pods") : empty);
    }
}
