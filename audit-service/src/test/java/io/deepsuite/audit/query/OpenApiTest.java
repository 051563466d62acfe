package io.deepsuite.audit.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.deepsuite.servicekit.error.ErrorReason;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The API's description is written by hand; this keeps it true. */
class OpenApiTest {

    private static final java.nio.file.Path COPY = java.nio.file.Path.of("..", "docs", "api", "audit-openapi.yaml");
    private static final Pattern REASON = Pattern.compile("`([A-Z]+(?:_[A-Z]+)+)`");

    private static String text = "";
    private static JsonNode document = YAMLMapper.builder().build().nullNode();

    @BeforeAll
    static void load() throws IOException {
        try (var resource = OpenApiTest.class.getResourceAsStream("/META-INF/openapi.yaml")) {
            text = new String(Objects.requireNonNull(resource).readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
        document = YAMLMapper.builder().build().readTree(text);
    }

    @Test
    void isCopiedIntoTheDocumentation() throws IOException {
        assertThat(Files.readString(COPY)).isEqualTo(text);
    }

    @Test
    void namesEveryPathOfTheResource() {
        var root = AuditEventResource.class.getAnnotation(Path.class).value();
        var paths = Arrays.stream(AuditEventResource.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(jakarta.ws.rs.GET.class))
                .map(method -> method.getAnnotation(Path.class))
                .map(path -> path == null ? root : root + path.value())
                .collect(Collectors.toSet());

        assertThat(document.get("paths").fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(paths);
    }

    @Test
    void namesEveryParameterThatIsRead() {
        var described = StreamSupport.stream(
                        document.at("/paths/~1api~1v1~1audit-events/get/parameters")
                                .spliterator(),
                        false)
                .map(parameter -> parameter.get("$ref").asText())
                .map(reference ->
                        document.at(reference.substring(1)).get("name").asText())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(described).isEqualTo(AuditEventRequestReader.PARAMETERS);
    }

    @Test
    void namesOnlyReasonsThatExist() {
        var known = Arrays.stream(ErrorReason.values()).map(Enum::name).toList();

        assertThat(REASON.matcher(text).results().map(match -> match.group(1))).isSubsetOf(known);
    }
}
