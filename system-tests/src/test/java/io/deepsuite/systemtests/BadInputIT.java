package io.deepsuite.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.audit.v1.Outcome;
import io.deepsuite.devstack.keycloak.Role;
import io.deepsuite.systemtests.suite.Chat;
import io.deepsuite.systemtests.suite.Door;
import io.deepsuite.systemtests.suite.EchoEngine;
import io.deepsuite.systemtests.suite.Https;
import io.deepsuite.systemtests.suite.Suite;
import io.deepsuite.systemtests.suite.SuiteExtension;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with a REST request is named, typed and audited, and never repeated in full. */
@ExtendWith(SuiteExtension.class)
class BadInputIT {

    private static final String OK_BODY = Https.text(Chat.body(EchoEngine.MODEL, "hello"));

    private final Suite suite;

    BadInputIT(Suite suite) {
        this.suite = suite;
    }

    static Stream<Arguments> badChats() {
        return Stream.of(
                Arguments.of("not JSON", "{\"model\": ", 400, "BODY_MALFORMED"),
                Arguments.of("nothing", "", 400, "BODY_MALFORMED"),
                Arguments.of("an array", "[]", 400, "BODY_MALFORMED"),
                Arguments.of("two values", OK_BODY + OK_BODY, 400, "BODY_MALFORMED"),
                Arguments.of("unknown model", Https.text(Chat.body("no-such-model", "hello")), 404, "MODEL_NOT_FOUND"),
                Arguments.of(
                        "unknown version",
                        Https.text(Chat.body(Suite.DEMO_MODEL + "@9.9.9", "hello")),
                        404,
                        "MODEL_VERSION_NOT_FOUND"),
                Arguments.of("model of wrong type", with("model", 7), 400, "VALUE_INVALID"),
                Arguments.of("no messages", with("messages", List.of()), 400, "VALUE_INVALID"),
                Arguments.of("messages of wrong type", with("messages", "hello"), 400, "VALUE_INVALID"),
                Arguments.of(
                        "unknown role", with("messages", List.of(message("robot", "hello"))), 400, "VALUE_INVALID"),
                Arguments.of("empty content", with("messages", List.of(message("user", ""))), 400, "VALUE_INVALID"),
                Arguments.of("negative max_tokens", with("max_tokens", -1), 400, "VALUE_INVALID"),
                Arguments.of("zero max_tokens", with("max_tokens", 0), 400, "VALUE_INVALID"),
                Arguments.of("huge max_tokens", with("max_tokens", 1e300), 400, "VALUE_INVALID"),
                Arguments.of("max_tokens of wrong type", with("max_tokens", "ten"), 400, "VALUE_INVALID"),
                Arguments.of("temperature too high", with("temperature", 2.5), 400, "VALUE_INVALID"),
                Arguments.of("temperature of wrong type", with("temperature", "hot"), 400, "VALUE_INVALID"),
                Arguments.of("top_p of zero", with("top_p", 0), 400, "VALUE_INVALID"),
                Arguments.of("stream of wrong type", with("stream", "yes"), 400, "VALUE_INVALID"),
                Arguments.of(
                        "too many stop texts", with("stop", List.of("a", "b", "c", "d", "e")), 400, "VALUE_INVALID"),
                Arguments.of("unknown field", with("no_such_field", 1), 400, "FIELD_UNKNOWN"),
                Arguments.of(
                        "over-long prompt",
                        with("messages", List.of(message("user", "长".repeat(200_001)))),
                        400,
                        "PROMPT_TOO_LONG"),
                Arguments.of("huge body", with("user", "x".repeat(9 << 20)), 413, "BODY_TOO_LARGE"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badChats")
    void badChatIsRefused(String what, String body, int status, String reason) {
        // Given
        var id = "bad-" + UUID.randomUUID();

        // When
        var response = suite.chat().post(body, id);

        // Then
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("x-request-id")).hasValue(id);
        assertThat(Door.Reply.of(response).reason()).isEqualTo(reason);
        assertThat(Https.json(response).at("/error/message").asText())
                .isNotEmpty()
                .hasSizeLessThan(500);
        assertThat(Https.json(response).at("/error/type").asText()).isNotEmpty();
        assertFailed(id, reason);
    }

    @Test
    void textThatIsNoUtf8IsRefused() {
        // Given
        var id = "bad-" + UUID.randomUUID();
        var bytes = OK_BODY.replace("hello", "h\u00e9llo").getBytes(StandardCharsets.ISO_8859_1);

        // When
        var response = send(HttpRequest.BodyPublishers.ofByteArray(bytes), "application/json", id);

        // Then
        assertThat(response).isEqualTo(new Door.Reply("400", "BODY_MALFORMED"));
        assertFailed(id, "BODY_MALFORMED");
    }

    @Test
    void bodyOfAnotherTypeIsRefused() {
        // Given
        var id = "bad-" + UUID.randomUUID();

        // When
        var response = send(HttpRequest.BodyPublishers.ofString(OK_BODY), "application/xml", id);

        // Then
        assertThat(response).isEqualTo(new Door.Reply("415", "MEDIA_TYPE_UNSUPPORTED"));
    }

    private Door.Reply send(HttpRequest.BodyPublisher body, String type, String id) {
        return Door.Reply.of(suite.https()
                .send(Https.request(suite.chat().address(), suite.token(Role.MODEL_USER))
                        .setHeader("Content-Type", type)
                        .header("x-request-id", id)
                        .POST(body)));
    }

    @Test
    void unknownPathIsToldSo() {
        var response = suite.https()
                .send(Https.request(
                        suite.stack().addresses().model().resolve("/v1/no-such-path"), suite.token(Role.MODEL_USER)));

        assertThat(Door.Reply.of(response)).isEqualTo(new Door.Reply("404", "ROUTE_NOT_FOUND"));
    }

    @Test
    void wrongMethodIsToldSo() {
        var response = suite.https()
                .send(Https.request(suite.chat().address(), suite.token(Role.MODEL_USER))
                        .DELETE());

        assertThat(Door.Reply.of(response)).isEqualTo(new Door.Reply("405", "METHOD_NOT_ALLOWED"));
    }

    static Stream<Arguments> badQueries() {
        return Stream.of(
                Arguments.of(Map.of("from", "yesterday"), "VALUE_INVALID"),
                Arguments.of(Map.of("from", "2026-02-01T00:00:00Z", "to", "2026-01-01T00:00:00Z"), "VALUE_INVALID"),
                Arguments.of(Map.of("limit", "-1"), "VALUE_INVALID"),
                Arguments.of(Map.of("limit", "1001"), "VALUE_INVALID"),
                Arguments.of(Map.of("limit", "ten"), "VALUE_INVALID"),
                Arguments.of(Map.of("operation", "EAT"), "VALUE_INVALID"),
                Arguments.of(Map.of("outcome", "MAYBE"), "VALUE_INVALID"),
                Arguments.of(Map.of("no_such_filter", "1"), "VALUE_INVALID"),
                Arguments.of(Map.of("tenant", "somebody-else"), "VALUE_INVALID"),
                Arguments.of(Map.of("pageToken", "garbage"), "PAGE_TOKEN_INVALID"));
    }

    @ParameterizedTest
    @MethodSource("badQueries")
    void badQueryIsAProblem(Map<String, String> parameters, String reason) {
        // When
        var response = suite.events().query(parameters);

        // Then
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        var problem = Https.json(response);
        assertThat(problem.path("title").asText()).isEqualTo(reason);
        assertThat(problem.path("status").asInt()).isEqualTo(400);
        assertThat(problem.path("type").asText()).isNotEmpty();
        assertThat(problem.path("detail").asText()).isNotEmpty();
    }

    @Test
    void parametersOfACallThatTakesNoneAreAProblem() {
        // When
        var response = suite.logs().get("audit-sources?service=model-service");

        // Then
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        var problem = Https.json(response);
        assertThat(problem.path("title").asText()).isEqualTo("VALUE_INVALID");
        assertThat(problem.path("detail").asText()).isEqualTo("parameter: \"service\" (expected: none)");
        assertThat(problem.path("parameter").asText()).contains("service");
    }

    @Test
    void unknownEventIsNotFound() {
        var response = suite.https()
                .send(Https.request(
                        suite.events().address("/019ab000-0000-7000-8000-000000000000"), suite.token(Role.AUDITOR)));

        assertThat(Door.Reply.of(response)).isEqualTo(new Door.Reply("404", "AUDIT_EVENT_NOT_FOUND"));
    }

    private void assertFailed(String id, String reason) {
        var event = suite.events().awaitOne(id);
        assertThat(event.getOutcome()).isEqualTo(Outcome.OUTCOME_FAILURE);
        assertThat(event.getReason()).isEqualTo(reason);
        assertThat(event.getActor().getName()).isEqualTo(Role.MODEL_USER.username());
    }

    private static String with(String field, Object value) {
        var body = Chat.body(EchoEngine.MODEL, "hello");
        body.put(field, value);
        return Https.text(body);
    }

    private static Map<String, String> message(String role, String content) {
        return Map.of("role", role, "content", content);
    }
}
