package io.deepsuite.k8s.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.nio.file.Path;
import java.util.List;

/** The custom resource's definition: what the API server would say of a resource. */
final class ClusterDefinition {
    private final JsonNode schema;
    private final JsonSchema structure;

    private ClusterDefinition(JsonNode schema) {
        this.schema = schema;
        this.structure =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(closed(schema.deepCopy()));
    }

    /** @param file the CustomResourceDefinition */
    static ClusterDefinition load(Path file) {
        return new ClusterDefinition(Yaml.read(file).at("/spec/versions/0/schema/openAPIV3Schema"));
    }

    /** What is wrong with a resource, sorted; empty when nothing is. The rules are asked only about what has the right structure. */
    List<String> problems(JsonNode resource) {
        var problems = structure.validate(resource).stream()
                .map(ValidationMessage::getMessage)
                .sorted()
                .toList();
        return problems.isEmpty() ? CelRules.violations(schema, resource, "$") : problems;
    }

    /** A field that nobody named is an error, as with {@code kubectl apply --validate=strict}. */
    private static JsonNode closed(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove("x-kubernetes-validations");
        }
        if (node instanceof ObjectNode object && object.path("properties").isObject()) {
            object.put("additionalProperties", false);
        }
        // metadata is the API server's own business.
        node.properties().stream()
                .filter(entry -> !entry.getKey().equals("metadata"))
                .forEach(entry -> closed(entry.getValue()));
        return node;
    }
}
