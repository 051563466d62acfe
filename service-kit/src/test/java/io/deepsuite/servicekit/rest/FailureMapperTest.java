package io.deepsuite.servicekit.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deepsuite.servicekit.testing.TestIdentities;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(TestIdentities.class)
class FailureMapperTest {

    private static final HttpClient APP = client("demo-app");

    @SuppressWarnings("NullAway.Init") // set by Quarkus
    @TestHTTPResource(value = "/", tls = true)
    URI base;

    @Test
    void knowsTheOwnerOfTheTokenAndTheWorkloadOfTheCertificate() throws Exception {
        var answer = get("api/who", TestIdentities.token("demo-app", "model-user"), "my-request-1");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-request-id")).contains("my-request-1");
        var body = new JsonObject(answer.body());
        assertThat(body.getString("kind")).isEqualTo("USER");
        assertThat(body.getString("name")).isEqualTo("alice");
        assertThat(body.getString("tenant")).isEqualTo("acme");
        assertThat(body.getString("workload")).isEqualTo("demo-app");
        assertThat(body.getString("clientId")).isEqualTo("demo-app");
        assertThat(body.getString("sessionId")).isEqualTo(TestIdentities.SESSION);
        assertThat(body.getString("workloadSpiffeId"))
                .as("the certificate has none")
                .isEmpty();
        assertThat(body.getString("sourceAddress")).isEqualTo("127.0.0.1");
        assertThat(body.getString("requestId")).isEqualTo("my-request-1");
        assertThat(body.getString("traceId")).matches("[0-9a-f]{32}");
    }

    /** REST and gRPC are spoken on the same port; the client says in the handshake which it means. */
    @ParameterizedTest
    @ValueSource(strings = {"http/1.1", "h2"})
    void shakesHandsInTls13Only(String protocol) throws Exception {
        try (var newer = socket("TLSv1.3", protocol);
                var older = socket("TLSv1.2", protocol)) {
            newer.startHandshake();
            assertThat(newer.getSession().getProtocol()).isEqualTo("TLSv1.3");
            assertThat(newer.getApplicationProtocol()).isEqualTo(protocol);
            assertThatThrownBy(older::startHandshake).isInstanceOf(SSLException.class);
        }
    }

    private SSLSocket socket(String version, String protocol) throws IOException {
        var context = TestIdentities.tls("demo-app");
        var socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", base.getPort());
        var parameters = socket.getSSLParameters();
        parameters.setProtocols(new String[] {version});
        parameters.setApplicationProtocols(new String[] {protocol});
        socket.setSSLParameters(parameters);
        return socket;
    }

    @Test
    void takesTheTraceIdOfTheCaller() throws Exception {
        var trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        var request = request("api/who", TestIdentities.token("demo-app", "model-user"), null)
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .build();

        var answer = APP.send(request, BodyHandlers.ofString());

        assertThat(new JsonObject(answer.body()).getString("traceId")).isEqualTo(trace);
    }

    @ParameterizedTest
    @ValueSource(strings = {"has space", "tab\there"})
    void makesARequestIdWhereTheCallersIsNotUsable(String sent) throws Exception {
        var answer = get("api/open", null, sent);

        assertThat(answer.headers().firstValue("x-request-id").orElseThrow())
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    }

    @Test
    void leavesOpenMethodsOpenWithoutNamingACaller() throws Exception {
        assertThat(get("api/open", null, null).body()).isEqualTo("UNKNOWN");
    }

    @Test
    void refusesACertificateAlone() throws Exception {
        var answer = get("api/who", null, "denied-1");

        assertProblem(answer, 401, "TOKEN_MISSING");
        assertThat(answer.headers().firstValue("x-request-id")).contains("denied-1");
        assertThat(answer.headers().firstValue("www-authenticate")).contains("Bearer");
    }

    @Test
    void refusesGarbageExpiredForeignAndUnboundTokens() throws Exception {
        assertProblem(get("api/who", "garbage", null), 401, "TOKEN_INVALID");
        assertProblem(
                get(
                        "api/who",
                        TestIdentities.token("demo-app", Duration.ofMinutes(-5), "deepsuite", "model-user"),
                        null),
                401,
                "TOKEN_INVALID");
        assertProblem(
                get("api/who", TestIdentities.token("demo-app", Duration.ofMinutes(5), "other", "model-user"), null),
                401,
                "TOKEN_INVALID");
        assertProblem(get("api/who", TestIdentities.unboundToken("model-user"), null), 401, "TOKEN_INVALID");
    }

    @Test
    void refusesATokenBoundToAnotherCertificateUnlessTheWorkloadDelegates() throws Exception {
        var ofModelService = TestIdentities.token("model-service", "model-user");
        assertProblem(get("api/who", ofModelService, null), 401, "TOKEN_INVALID");

        var ofApp = TestIdentities.token("demo-app", "model-user");
        var viaModelService =
                client("model-service").send(request("api/who", ofApp, null).build(), BodyHandlers.ofString());

        assertThat(viaModelService.statusCode()).isEqualTo(200);
        var body = new JsonObject(viaModelService.body());
        assertThat(body.getString("name")).isEqualTo("alice");
        assertThat(body.getString("workload")).isEqualTo("model-service");
    }

    @Test
    void refusesAWrongRole() throws Exception {
        assertProblem(get("api/admin", TestIdentities.token("demo-app", "model-user"), null), 403, "ROLE_MISSING");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`{\"count\": 1,`, 400, BODY_MALFORMED",
                "`not json`, 400, BODY_MALFORMED",
                "`{\"count\": 1, \"surprise\": 2}`, 400, FIELD_UNKNOWN",
                "`{\"count\": \"many\"}`, 400, VALUE_INVALID",
                "`[1, 2]`, 400, VALUE_INVALID",
                "`{\"count\": 11}`, 400, VALUE_INVALID"
            })
    void namesWhatIsWrongWithABody(String sent, int status, String reason) throws Exception {
        var token = TestIdentities.token("demo-app", "model-user");

        assertProblem(post("api/orders", token, BodyPublishers.ofString(sent)), status, reason);
        var openAi = post("v1/orders", token, BodyPublishers.ofString(sent));

        assertThat(openAi.statusCode()).isEqualTo(status);
        var error = new JsonObject(openAi.body()).getJsonObject("error");
        assertThat(error.getString("code")).isEqualTo(reason.toLowerCase(Locale.ROOT));
        assertThat(error.getString("type")).isEqualTo("invalid_request_error");
        assertThat(error.getString("message")).isNotBlank();
        assertThat(error.containsKey("param")).isTrue();
    }

    @Test
    void refusesInvalidUtf8() throws Exception {
        var body = "{\"count\": 1, \"name\": \"a?\"}".getBytes(StandardCharsets.UTF_8);
        body[body.length - 3] = (byte) 0xC3;

        assertProblem(
                post("api/orders", TestIdentities.token("demo-app", "model-user"), BodyPublishers.ofByteArray(body)),
                400,
                "BODY_MALFORMED");
    }

    @Test
    void refusesABodyThatSaysItIsTooLarge() throws Exception {
        var body = BodyPublishers.ofByteArray(new byte[100_000]);

        assertProblem(post("api/orders", TestIdentities.token("demo-app", "model-user"), body), 413, "BODY_TOO_LARGE");
    }

    @Test
    void refusesABodyThatTurnsOutTooLarge() throws Exception {
        var json = "{\"name\": \"%s\"}".formatted("x".repeat(100_000)).getBytes(StandardCharsets.UTF_8);
        var body = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(json));

        assertProblem(post("api/orders", TestIdentities.token("demo-app", "model-user"), body), 413, "BODY_TOO_LARGE");
    }

    @Test
    void answersUnknownRoutesMethodsAndMediaTypesTyped() throws Exception {
        var token = TestIdentities.token("demo-app", "model-user");

        assertProblem(get("nothing/here", token, null), 404, "ROUTE_NOT_FOUND");
        assertProblem(get("api/orders", token, null), 405, "METHOD_NOT_ALLOWED");
        var text = request("api/orders", token, null)
                .setHeader("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("x"))
                .build();
        assertProblem(APP.send(text, BodyHandlers.ofString()), 415, "MEDIA_TYPE_UNSUPPORTED");
        assertThat(new JsonObject(get("v1/nothing", token, null).body())
                        .getJsonObject("error")
                        .getString("code"))
                .isEqualTo("route_not_found");
    }

    @Test
    void carriesMetadataAndTheTimeToRetry() throws Exception {
        var answer = get("api/fail/OVERLOADED", TestIdentities.token("demo-app", "model-user"), null);

        assertProblem(answer, 429, "OVERLOADED");
        assertThat(answer.headers().firstValue("retry-after")).contains("2");
        assertThat(new JsonObject(answer.body()).getString("field")).isEqualTo("reason");
        assertThat(new JsonObject(answer.body()).getString("detail")).isEqualTo("told to");
    }

    @ParameterizedTest
    @CsvSource({
        "TOKEN_INVALID, authentication_error",
        "ROLE_MISSING, permission_error",
        "MODEL_NOT_FOUND, not_found_error",
        "OVERLOADED, rate_limit_error",
        "ENGINE_UNAVAILABLE, server_error",
        "PROMPT_TOO_LONG, invalid_request_error"
    })
    void speaksOpenAisErrorTypes(String reason, String type) throws Exception {
        var answer = get("v1/fail/" + reason, TestIdentities.token("demo-app", "model-user"), null);

        assertThat(new JsonObject(answer.body()).getJsonObject("error").getString("type"))
                .isEqualTo(type);
    }

    @Test
    void keepsUnforeseenFailuresToItself() throws Exception {
        var answer = get("api/crash", TestIdentities.token("demo-app", "model-user"), null);

        assertProblem(answer, 500, "INTERNAL");
        assertThat(answer.body()).doesNotContain("secret detail");
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String reason) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type").orElseThrow()).startsWith("application/problem+json");
        assertThat(answer.headers().firstValue("x-request-id")).isPresent();
        var body = new JsonObject(answer.body());
        assertThat(body.getString("title")).isEqualTo(reason);
        assertThat(body.getInteger("status")).isEqualTo(status);
        assertThat(body.getString("type")).endsWith("/" + reason);
        assertThat(body.getString("detail")).isNotBlank();
    }

    private HttpResponse<String> get(String path, @Nullable String token, @Nullable String requestId)
            throws IOException, InterruptedException {
        return APP.send(request(path, token, requestId).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String token, HttpRequest.BodyPublisher body)
            throws IOException, InterruptedException {
        return APP.send(request(path, token, null).POST(body).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, @Nullable String token, @Nullable String requestId) {
        var request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json");
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (requestId != null) {
            request.header("x-request-id", requestId);
        }
        return request;
    }

    private static HttpClient client(String workload) {
        return HttpClient.newBuilder().sslContext(TestIdentities.tls(workload)).build();
    }
}
