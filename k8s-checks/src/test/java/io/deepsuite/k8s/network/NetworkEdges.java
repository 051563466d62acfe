package io.deepsuite.k8s.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.deepsuite.k8s.render.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares what the network policies allow with the picture, both ways: an edge that is allowed must be drawn, and one that is drawn must be allowed at both
 * ends, as far as the ends are rendered.
 */
public final class NetworkEdges {
    private final Picture picture;
    private final Set<Edge> outgoing = new TreeSet<>();
    private final Set<Edge> incoming = new TreeSet<>();
    private final List<String> problems = new ArrayList<>();

    private NetworkEdges(Picture picture) {
        this.picture = picture;
    }

    /** What differs from the picture; empty when nothing does. */
    public static List<String> violations(List<Manifest> manifests, Picture picture) {
        var edges = new NetworkEdges(picture);
        manifests.stream().filter(manifest -> manifest.is("NetworkPolicy")).forEach(edges::read);
        edges.compare(manifests);
        return edges.problems;
    }

    /** The edges that policies allow. */
    static Set<Edge> allowed(List<Manifest> manifests, Picture picture) {
        var edges = new NetworkEdges(picture);
        manifests.stream().filter(manifest -> manifest.is("NetworkPolicy")).forEach(edges::read);
        return edges.union();
    }

    private void read(Manifest policy) {
        var pods = labels(policy, policy.at("/spec/podSelector"));
        var self = pods.isEmpty() ? "every pod" : name(policy, Picture.namespace(policy.namespace()), pods);
        policy.each("/spec/egress").forEach(rule -> {
            for (var peer : peers(policy, rule, "to")) {
                ports(rule).forEach(port -> outgoing.add(new Edge(self, peer, port)));
            }
        });
        policy.each("/spec/ingress").forEach(rule -> {
            for (var peer : peers(policy, rule, "from")) {
                ports(rule).forEach(port -> incoming.add(new Edge(peer, self, port)));
            }
        });
    }

    private void compare(List<Manifest> manifests) {
        var suite = manifests.stream()
                .filter(manifest -> manifest.is("Namespace"))
                .map(manifest -> Picture.namespace(manifest.name()))
                .collect(Collectors.toSet());
        for (var edge : union()) {
            if (!picture.edges().contains(edge)) {
                problems.add("allowed but not drawn: " + edge);
            }
            if (outgoing.contains(edge) && !incoming.contains(edge) && governed(edge.to(), suite)) {
                problems.add("the caller may leave, the called lets nobody in: " + edge);
            }
            if (incoming.contains(edge) && !outgoing.contains(edge) && governed(edge.from(), suite)) {
                problems.add("the called lets in, the caller may not leave: " + edge);
            }
        }
    }

    /** Whether the picture's node is in a namespace that denies by default here. */
    private boolean governed(String name, Set<JsonNode> suite) {
        return picture.nodes().stream().anyMatch(node -> node.name().equals(name) && suite.contains(node.namespaces()));
    }

    private Set<Edge> union() {
        var all = new TreeSet<>(outgoing);
        all.addAll(incoming);
        return all;
    }

    private List<String> peers(Manifest policy, JsonNode rule, String direction) {
        if (rule.path(direction).isEmpty()) {
            return List.of(name(policy, none(), none()));
        }
        return Manifest.elements(rule.path(direction))
                .map(peer -> {
                    if (peer.has("ipBlock")) {
                        problems.add(policy.id() + ": names addresses instead of labels");
                    }
                    var namespaces = peer.has("namespaceSelector")
                            ? labels(policy, peer.path("namespaceSelector"))
                            : Picture.namespace(policy.namespace());
                    return name(policy, namespaces, labels(policy, peer.path("podSelector")));
                })
                .toList();
    }

    private static Stream<String> ports(JsonNode rule) {
        return rule.path("ports").isEmpty()
                ? Stream.of("*")
                : Manifest.elements(rule.path("ports"))
                        .map(port -> port.path("port").asText("*")
                                + (port.path("protocol").asText("TCP").equals("TCP")
                                        ? ""
                                        : "/" + port.path("protocol").asText()));
    }

    private JsonNode labels(Manifest policy, JsonNode selector) {
        if (selector.has("matchExpressions")) {
            problems.add(policy.id() + ": selects with expressions, which the picture cannot show");
        }
        return selector.has("matchLabels") ? selector.path("matchLabels") : none();
    }

    private String name(Manifest policy, JsonNode namespaces, JsonNode pods) {
        return picture.nameOf(namespaces, pods).orElseGet(() -> {
            problems.add(
                    "%s: nobody in the picture is namespaces %s, pods %s".formatted(policy.id(), namespaces, pods));
            return "?";
        });
    }

    private static JsonNode none() {
        return JsonNodeFactory.instance.objectNode();
    }
}
