package io.deepsuite.k8s.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deepsuite.k8s.render.Repository;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.jse.JsePlatform;

/** Runs the filter of Fluent Bit's configuration, and holds it to what service-kit redacts. */
class LogPipelineTest {

    private static final String FOLDER = "components/fluent-bit/";
    private static final String SAMPLES = "k8s-checks/src/test/resources/logs/containerd.log";
    private static final String REDACTION = "service-kit/src/main/java/io/deepsuite/servicekit/logging/Redaction.java";

    private final Globals lua = JsePlatform.standardGlobals();

    @BeforeEach
    void load() {
        lua.load(script()).call();
        lua.load(file("ecs.lua")).call();
    }

    /** The samples of service-kit's own test. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer abcdefghijkl.mnop",
                "{\"authorization\":\"Basic YWxpY2U6c2VjcmV0\"}",
                "token=0123456789abcdef",
                "client_secret: s3cr3t-value",
                "api-key=sk-12345",
                "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0\n-----END PRIVATE KEY-----",
                "-----BEGIN EC PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0",
                "resident 11010519491231002X",
                "电话13812345678。",
                "138-1234-5678 and +86 13812345678",
                "4111 1111 1111 1111",
                "li.wei@example.com",
                "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg"
            })
    void redacts(String text) {
        assertThat(redactText(text))
                .contains("[REDACTED]")
                .doesNotContain(
                        "abcdefghijkl",
                        "YWxpY2U6",
                        "0123456789abcdef",
                        "s3cr3t",
                        "sk-12345",
                        "MIIEvQ",
                        "110105",
                        "12345678",
                        "1234-5678",
                        "1111",
                        "li.wei",
                        "eyJ");
    }

    @ParameterizedTest
    @CsvSource({
        "user_id=alice, user_id=[FILTERED]",
        "userId: 4711, userId: [FILTERED]",
        "location=Beijing, location=[REDACTED]"
    })
    void usesTheTwoLiteralsOfTheServices(String text, String expected) {
        assertThat(redactText(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the journal was opened",
                "model tiny-translate 1.0.0 answered in 231 ms",
                "4bf92f3577b34da6a3ce929d0e0e4736",
                "01a202e4-6ce7-76cb-b6ce-e1378fa8a811",
                "the bearer token is not valid here",
                "password=[REDACTED]",
                "offset 123456, lag 17, at 2026-11-22T12:02:34.628Z"
            })
    void leavesOrdinaryTextAlone(String text) {
        assertThat(redactText(text)).isEqualTo(text);
    }

    @Test
    void redactsEveryFieldOfARecordButWhatKubernetesSays() {
        // Given
        var record = new LuaTable();
        record.set("message", "call 13812345678");
        record.set("userId", "u-4711");
        record.set("x_token", "abc");
        var nested = new LuaTable();
        nested.set("mail", "li.wei@example.com");
        record.set("mdc", nested);
        var kubernetes = new LuaTable();
        kubernetes.set("pod_name", "model-service-0");
        record.set("kubernetes", kubernetes);

        // When
        var answer = lua.get("redact").invoke(LuaValue.valueOf("deepsuite.x"), LuaValue.valueOf(1), record);

        // Then
        assertThat(answer.arg(1).toint()).as("2: the record was changed").isEqualTo(2);
        var redacted = answer.arg(3);
        assertThat(redacted.get("message").tojstring()).isEqualTo("call [REDACTED]");
        assertThat(redacted.get("userId").tojstring()).isEqualTo("[FILTERED]");
        assertThat(redacted.get("x_token").tojstring()).isEqualTo("[REDACTED]");
        assertThat(redacted.get("mdc").get("mail").tojstring()).isEqualTo("[REDACTED]");
        assertThat(redacted.get("kubernetes").get("pod_name").tojstring()).isEqualTo("model-service-0");
    }

    @Test
    void takesTheKeysThatTheServicesTake() {
        // Given
        var source = Pattern.compile("SECRET_KEY = Pattern.compile\\(\\s*\"\\(\\?i\\)([^\"]+)\"")
                .matcher(Repository.read(Repository.path(REDACTION)));
        assertThat(source.find()).isTrue();
        var theirs = Arrays.stream(source.group(1).split(Pattern.quote("|"), -1))
                .flatMap(key -> key.contains("[_-]?")
                        ? Stream.of("_", "-", "").map(joint -> key.replace("[_-]?", joint))
                        : Stream.of(key))
                .collect(Collectors.toSet());

        // When
        var list = Pattern.compile("SECRET_KEYS = \\{([^}]+)}").matcher(script());
        assertThat(list.find()).isTrue();
        Set<String> ours = Pattern.compile("\"([^\"]+)\"")
                .matcher(list.group(1))
                .results()
                .map(key -> key.group(1))
                .collect(Collectors.toSet());

        // Then
        assertThat(ours).isEqualTo(theirs);
    }

    /** containerd writes lines of its own form; Docker's JSON is not what a node has today. */
    @Test
    void readsWhatContainerdWrites() {
        assertThat(configuration())
                .containsPattern("multiline.parser\\s+cri\\b")
                .doesNotContain("docker");
    }

    @Test
    void redactsAfterEverythingThatMakesFieldsAndBeforeAnythingLeaves() {
        var configuration = configuration();
        assertThat(configuration.indexOf("redact.lua"))
                .isGreaterThan(configuration.lastIndexOf("Name              parser"))
                .isLessThan(configuration.indexOf("[OUTPUT]"));
        assertThat(configuration.split(Pattern.quote("[OUTPUT]"), -1)[1]).containsPattern("tls\\s+On");
    }

    /** A line of a service longer than 16 KiB comes in parts, and another stream may write between them. */
    @Test
    void joinsThePartsOfALineThatContainerdCuts() {
        // Given
        var lines = Repository.read(Repository.path(SAMPLES)).lines().toList();

        // When
        var texts = CriLines.join(lines);

        // Then
        assertThat(texts).hasSize(4);
        assertThat(texts.get(0)).startsWith("{\"@timestamp\"").endsWith("}");
        assertThat(texts.get(1)).isEqualTo("loading the weights");
        assertThat(texts.get(2)).contains("the second part of a long message").endsWith("}");
        assertThat(texts.get(3)).as("a space at the end, and P within the text").isEqualTo("P F stdout ");
    }

    @Test
    void givesALineOfAServiceTheNamesOfTheSchema() throws IOException {
        // Given
        var parser = file("custom_parsers.conf");
        var fields = (ObjectNode) new ObjectMapper()
                .readTree(CriLines.join(Repository.read(Repository.path(SAMPLES))
                                .lines()
                                .toList())
                        .getFirst());
        var time = Pattern.compile("Time_Key\\s+(\\S+)").matcher(parser);
        assertThat(time.find()).isTrue();
        assertThat(OffsetDateTime.parse(fields.required(time.group(1)).asText()).getYear())
                .isEqualTo(2026);
        fields.remove(time.group(1));

        // When
        var record = filtered("ecs", table(fields));

        // Then
        assertThat(record.get("log.level").tojstring()).isEqualTo("INFO");
        assertThat(record.get("service.name").tojstring()).isEqualTo("model-service");
        assertThat(record.get("message").tojstring()).isEqualTo("the journal was opened");
        assertThat(record.get("trace.id").tojstring()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(record.get("span.id").tojstring()).isEqualTo("00f067aa0ba902b7");
        assertThat(record.get("http.request.id").tojstring()).isEqualTo("r-1");
        assertThat(record.get("mdc").get("tenant").tojstring()).isEqualTo("acme");
        assertThat(record.get("mdc").get("traceId").isnil()).isTrue();
        assertThat(parser).as("the output writes it").containsPattern("Time_Keep\\s+Off");
        assertThat(configuration())
                .as("they would be log_level and service_name")
                .containsPattern("Replace_Dots\\s+Off");
    }

    @Test
    void takesWhatIsNoJsonForTheMessageAndMakesLabelsFit() {
        // Given
        var record = new LuaTable();
        record.set("log", "loading the weights");
        var labels = new LuaTable();
        labels.set("app", "vllm");
        labels.set("app.kubernetes.io/name", "vllm");
        var kubernetes = new LuaTable();
        kubernetes.set("labels", labels);
        record.set("kubernetes", kubernetes);

        // When
        var shown = filtered("ecs", record);

        // Then
        assertThat(shown.get("message").tojstring()).isEqualTo("loading the weights");
        assertThat(shown.get("log").isnil()).isTrue();
        var named = shown.get("kubernetes").get("labels");
        assertThat(named.get("app").tojstring()).isEqualTo("vllm");
        assertThat(named.get("app_kubernetes_io/name").tojstring()).isEqualTo("vllm");
    }

    private LuaValue filtered(String function, LuaTable record) {
        return lua.get(function)
                .invoke(LuaValue.valueOf("deepsuite.x"), LuaValue.valueOf(1), record)
                .arg(3);
    }

    private static LuaTable table(ObjectNode fields) {
        var table = new LuaTable();
        fields.properties()
                .forEach(field -> table.set(
                        field.getKey(),
                        field.getValue() instanceof ObjectNode inner
                                ? table(inner)
                                : LuaValue.valueOf(field.getValue().asText())));
        return table;
    }

    private String redactText(String text) {
        return lua.get("redact_text").call(LuaValue.valueOf(text)).tojstring();
    }

    private static String script() {
        return file("redact.lua");
    }

    private static String file(String name) {
        return Repository.read(Repository.k8s(FOLDER + name));
    }

    private static String configuration() {
        return Repository.read(Repository.k8s(FOLDER + "fluent-bit.conf"));
    }
}
