package io.deepsuite.k8s.render;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One Kubernetes object.
 *
 * @param content the whole object
 */
public record Manifest(JsonNode content) {
    public Manifest {
        Objects.requireNonNull(content, "content");
    }

    public String apiVersion() {
        return text("/apiVersion");
    }

    /** Group of the API; empty for the core group. */
    public String group() {
        int slash = apiVersion().indexOf('/');
        return slash < 0 ? "" : apiVersion().substring(0, slash);
    }

    public String kind() {
        return text("/kind");
    }

    public boolean is(String kind) {
        return kind().equals(kind);
    }

    public String name() {
        return text("/metadata/name");
    }

    /** Namespace; empty for what belongs to the cluster. */
    public String namespace() {
        return text("/metadata/namespace");
    }

    /** Kind, namespace and name, as messages show them. */
    public String id() {
        return namespace().isEmpty() ? kind() + " " + name() : kind() + " " + namespace() + "/" + name();
    }

    /** What stands at a JSON pointer; a missing node where nothing does. */
    public JsonNode at(String pointer) {
        return content.at(pointer);
    }

    /** Text at a JSON pointer; empty where nothing stands. */
    public String text(String pointer) {
        return content.at(pointer).asText("");
    }

    /** Elements of the array at a JSON pointer. */
    public Stream<JsonNode> each(String pointer) {
        return elements(content.at(pointer));
    }

    /** A copy that may be changed. */
    public Manifest copy() {
        return new Manifest(content.deepCopy());
    }

    /** Elements of an array or values of an object; none of anything else. */
    public static Stream<JsonNode> elements(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false);
    }
}
