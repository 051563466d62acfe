package io.deepsuite.k8s.render;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Reads YAML; a key that stands twice in a map is an error. */
public final class Yaml {
    private static final ObjectMapper MAPPER = new ObjectMapper(YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    private Yaml() {}

    /** The documents of a text that are not empty. */
    public static List<JsonNode> documents(String text) {
        try (JsonParser parser = MAPPER.createParser(text);
                var values = MAPPER.readValues(parser, JsonNode.class)) {
            return values.readAll().stream().filter(JsonNode::isObject).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The objects of a text. */
    public static List<Manifest> manifests(String text) {
        return documents(text).stream().map(Manifest::new).toList();
    }

    /** The only object of a text. */
    public static Manifest manifest(String text) {
        return manifests(text).getFirst();
    }
}
