package io.deepsuite.audit.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.deepsuite.audit.completeness.AuditSourceResource;
import io.deepsuite.audit.erasure.ErasureResource;
import io.deepsuite.audit.proof.AuditLogResource;
import io.deepsuite.audit.proof.EventProofResource;
import io.deepsuite.audit.proof.WitnessResource;
import io.deepsuite.audit.replay.DeadLetterResource;
import io.deepsuite.servicekit.error.ErrorReason;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
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

    private static final List<Class<?>> RESOURCES = List.of(
            AuditEventResource.class,
            AuditEventExportResource.class,
            AuditEventFacetResource.class,
            EventProofResource.class,
            AuditLogResource.class,
            WitnessResource.class,
            AuditSourceResource.class,
            DeadLetterResource.class,
            ErasureResource.class);

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
    void namesEveryPathOfTheResources() {
        var paths = RESOURCES.stream()
                .flatMap(resource -> Arrays.stream(resource.getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(jakarta.ws.rs.GET.class)
                                || method.isAnnotationPresent(jakarta.ws.rs.POST.class))
                        .map(method -> resource.getAnnotation(Path.class).value() + path(method)))
                .collect(Collectors.toSet());

        assertThat(document.get("paths").fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(paths);
    }

    private static String path(Method method) {
        var path = method.getAnnotation(Path.class);
        return path == null ? "" : path.value();
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
    void describesAnExportByTheSameFiltersWithAFormatAndWithoutALimit() {
        var list = document.at("/paths/~1api~1v1~1audit-events/get/parameters")
                .valueStream()
                .toList();
        var export = document.at("/paths/~1api~1v1~1audit-events~1export/get/parameters")
                .valueStream()
                .filter(parameter -> !parameter.path("name").asText().equals("format"))
                .toList();
        var formats = document.at("/paths/~1api~1v1~1audit-events~1export/get/parameters")
                .valueStream()
                .filter(parameter -> parameter.path("name").asText().equals("format"))
                .flatMap(format -> format.at("/schema/enum").valueStream())
                .map(JsonNode::asText)
                .toList();

        assertThat(export)
                .isEqualTo(list.stream()
                        .filter(parameter -> !parameter.path("$ref").asText().endsWith("/limit"))
                        .toList());
        assertThat(formats).isEqualTo(ExportFormat.words());
    }

    @Test
    void describesEveryFacet() {
        var facets = document.at("/paths/~1api~1v1~1audit-events~1facets/get/parameters")
                .valueStream()
                .flatMap(parameter -> parameter.at("/schema/items/enum").valueStream())
                .map(JsonNode::asText)
                .toList();

        assertThat(facets).isEqualTo(Facet.words());
    }

    @Test
    void namesOnlyReasonsThatExist() {
        var known = Arrays.stream(ErrorReason.values()).map(Enum::name).toList();

        assertThat(REASON.matcher(text).results().map(match -> match.group(1))).isSubsetOf(known);
    }
}
