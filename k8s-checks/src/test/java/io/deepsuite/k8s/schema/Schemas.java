package io.deepsuite.k8s.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.deepsuite.k8s.render.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** JSON schemas of custom resources, from {@code schemas/<apiVersion>/<Kind>.json}. */
final class Schemas {
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final Map<String, Optional<Schemas>> LOADED = new ConcurrentHashMap<>();

    private final JsonSchema schema;

    private Schemas(JsonSchema schema) {
        this.schema = schema;
    }

    /** The schema of an object's kind, where there is one. */
    static Optional<Schemas> of(Manifest manifest) {
        return LOADED.computeIfAbsent(manifest.apiVersion() + "/" + manifest.kind(), Schemas::load);
    }

    List<String> problems(JsonNode content) {
        return schema.validate(content).stream()
                .map(ValidationMessage::getMessage)
                .sorted()
                .toList();
    }

    private static Optional<Schemas> load(String name) {
        try (var stream = Schemas.class.getResourceAsStream("/schemas/" + name + ".json")) {
            return stream == null ? Optional.empty() : Optional.of(new Schemas(FACTORY.getSchema(stream)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
