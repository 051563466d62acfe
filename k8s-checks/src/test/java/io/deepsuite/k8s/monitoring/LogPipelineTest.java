package io.deepsuite.k8s.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.k8s.render.Repository;
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
    private static final String REDACTION = "service-kit/src/main/java/io/deepsuite/servicekit/logging/Redaction.java";

    private final Globals lua = JsePlatform.standardGlobals();

    @BeforeEach
    void load() {
        lua.load(script()).call();
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

    private String redactText(String text) {
        return lua.get("redact_text").call(LuaValue.valueOf(text)).tojstring();
    }

    private static String script() {
        return Repository.read(Repository.k8s(FOLDER + "redact.lua"));
    }

    private static String configuration() {
        return Repository.read(Repository.k8s(FOLDER + "fluent-bit.conf"));
    }
}
