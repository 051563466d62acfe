package io.deepsuite.k8s.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What is rendered together, open to faults that a test plants.
 *
 * @param manifests the objects
 */
public record Suite(List<Manifest> manifests) {
    /** What the four services need to be whole. */
    public static final List<String> NEEDED =
            List.of("components/certificates", "components/postgres", "components/kafka", "components/keycloak");

    /** Holds nothing by itself. */
    public static final String ENGINES = "components/engines/namespace";

    public Suite {
        manifests = List.copyOf(manifests);
    }

    /** The services with all they need, and further components; with an engine, also the namespace of engines. */
    public static Suite with(String... components) {
        var all = new ArrayList<>(NEEDED);
        for (var component : components) {
            if (component.startsWith("components/engines/") && !all.contains(ENGINES)) {
                all.add(ENGINES);
            }
            if (!all.contains(component)) {
                all.add(component);
            }
        }
        return new Suite(Kustomize.render(Kustomize.bases(), all));
    }

    /** A copy with one more object. */
    public Suite plus(String yaml) {
        var changed = new ArrayList<>(manifests);
        changed.addAll(Yaml.manifests(yaml));
        return new Suite(changed);
    }

    /** A copy without an object. */
    public Suite without(String kind, String name) {
        return new Suite(manifests.stream()
                .filter(manifest -> !(manifest.is(kind) && manifest.name().equals(name)))
                .toList());
    }

    /** A copy in which one object is different. */
    public Suite changed(String kind, String name, Consumer<ObjectNode> change) {
        var changed = new ArrayList<Manifest>();
        boolean found = false;
        for (var manifest : manifests) {
            if (manifest.is(kind) && manifest.name().equals(name)) {
                var copy = manifest.copy();
                change.accept((ObjectNode) copy.content());
                changed.add(copy);
                found = true;
            } else {
                changed.add(manifest);
            }
        }
        if (!found) {
            throw new AssertionError("no %s %s to change".formatted(kind, name));
        }
        return new Suite(changed);
    }

    /** A copy in which a value is set, or removed where it is {@code null} in YAML. */
    public Suite set(String kind, String name, String pointer, String yaml) {
        return changed(kind, name, object -> {
            int slash = pointer.lastIndexOf('/');
            var key = pointer.substring(slash + 1).replace("~1", "/").replace("~0", "~");
            var value = Yaml.documents("value: " + yaml).getFirst().path("value");
            switch (object.at(pointer.substring(0, slash))) {
                case ObjectNode parent when value.isNull() -> parent.remove(key);
                case ObjectNode parent -> parent.set(key, value);
                case ArrayNode parent -> parent.set(Integer.parseInt(key), value);
                default -> throw new AssertionError("nothing at " + pointer);
            }
        });
    }
}
