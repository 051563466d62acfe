package io.deepsuite.engine.openai;

import static io.deepsuite.engine.testing.EngineClient.asking;
import static io.deepsuite.engine.testing.EngineClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.deepsuite.engine.inference.SlotPool;
import io.deepsuite.engine.testing.Certificates;
import io.deepsuite.engine.testing.EngineClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What callers see around an answer: refusals, overload, leaving, identity. The engine behind it is a fake that can run for ever. */
@QuarkusTest
@WithTestResource(Certificates.class)
@TestProfile(ProtocolTest.Gated.class)
@SuppressWarnings("NullAway.Init") // the test framework fills the fields
class ProtocolTest {

    /** Two slots, two places in the queue, and the fake engine. */
    public static class Gated implements QuarkusTestProfile {
        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(GatedEngine.class);
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "deepsuite.engine.slots", "2",
                    "deepsuite.engine.queue-length", "2",
                    "deepsuite.engine.max-body-size", "10K");
        }
    }

    @TestHTTPResource(value = "/", tls = true)
    URI address;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @Inject
    SlotPool slots;

    @Inject
    GatedEngine engine;

    private EngineClient client;

    @BeforeEach
    void connect() {
        client = EngineClient.modelService(address);
        await().until(() -> slots.busy() == 0 && slots.queued() == 0);
    }

    @ParameterizedTest
    @EnumSource(
            value = HttpClient.Version.class,
            names = {"HTTP_1_1", "HTTP_2"})
    void freesTheSlotWithinASecondWhenTheCallerLeaves(HttpClient.Version version) throws IOException {
        var caller = new EngineClient(address, version, EngineClient.tls("model-service-keystore.p12"));
        HttpResponse<InputStream> response = caller.http()
                .sendAsync(
                        caller.post(
                                "/v1/chat/completions",
                                asking("tick").put("stream", true).toString()),
                        HttpResponse.BodyHandlers.ofInputStream())
                .join();
        assertThat(response.version()).isEqualTo(version);
        assertThat(engine.running()).isEqualTo(1);

        response.body().close();

        await().atMost(Duration.ofSeconds(1)).until(() -> engine.running() == 0 && slots.busy() == 0);
    }

    @Test
    void freesTheSlotOfACallerThatLeavesWhileWaitingForAWholeAnswer() throws IOException {
        try (SSLSocket socket = (SSLSocket) EngineClient.tls("model-service-keystore.p12")
                .getSocketFactory()
                .createSocket(address.getHost(), address.getPort())) {
            String body = asking("tick").toString();
            socket.getOutputStream()
                    .write(
                            ("POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
                                            + "content-length: " + body.length() + "\r\n\r\n" + body)
                                    .getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            await().until(() -> engine.running() == 1);
        }

        await().atMost(Duration.ofSeconds(1)).until(() -> engine.running() == 0 && slots.busy() == 0);
    }

    @Test
    void refusesWithARetryHintWhenSlotsAndQueueAreFull() {
        List<CompletableFuture<?>> busy = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            busy.add(client.http()
                    .sendAsync(
                            client.post("/v1/chat/completions", asking("tick").toString()),
                            HttpResponse.BodyHandlers.discarding()));
        }
        await().until(() -> slots.busy() == 2 && slots.queued() == 2);

        HttpResponse<String> response = client.chat(asking("hi"));

        assertError(response, 429, "engine_overloaded");
        assertThat(response.headers().firstValue("retry-after")).hasValue("1");
        busy.forEach(call -> call.cancel(true));
        await().until(() -> slots.busy() == 0 && slots.queued() == 0);
        assertThat(client.chat(asking("hi")).statusCode()).isEqualTo(200);
    }

    @Test
    void letsASlotGoOnAfterAnEngineFailureAndTellsNothing() {
        HttpResponse<String> response = client.chat(asking("fail"));

        assertError(response, 500, "internal_error");
        assertThat(response.body()).doesNotContain("secret");
        assertThat(client.chat(asking("hi")).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"model\":|400|invalid_json",
                "[]|400|invalid_value",
                "{\"model\":\"other\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}|404|model_not_found",
                "{\"model\":\"tiny-translate\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"max_tokens\":-1}|400|invalid_value",
                "{\"model\":\"tiny-translate\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"n\":2}|400|unsupported_parameter",
                "{\"model\":\"tiny-translate\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"response_format\":{\"type\":\"json_schema\"}}|400|unsupported_parameter",
                "{\"model\":\"tiny-translate\",\"messages\":\"x\"}|400|invalid_value",
            })
    void refusesABadBodyWithAnErrorObject(String body, int status, String code) {
        assertError(client.send(client.post("/v1/chat/completions", body)), status, code);
    }

    @Test
    void refusesInvalidUtf8() {
        byte[] body = "{\"model\":\"tiny-translate\",\"messages\":[{\"role\":\"user\",\"content\":\"?\"}]}"
                .getBytes(StandardCharsets.UTF_8);
        body[body.length - 5] = (byte) 0xff;

        HttpResponse<String> response = client.send(client.request("/v1/chat/completions")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build());

        assertError(response, 400, "invalid_json");
    }

    @Test
    void refusesAHugeBodyWithOrWithoutADeclaredLength() {
        String huge = asking("x".repeat(20_000)).toString();

        assertError(client.send(client.post("/v1/chat/completions", huge)), 413, "request_too_large");
        assertError(
                client.send(client.request("/v1/chat/completions")
                        .POST(HttpRequest.BodyPublishers.ofInputStream(
                                () -> new java.io.ByteArrayInputStream(huge.getBytes(StandardCharsets.UTF_8))))
                        .build()),
                413,
                "request_too_large");
    }

    @Test
    void refusesOtherPathsMethodsAndMediaTypes() {
        assertError(client.send(client.request("/v1/embeddings").GET().build()), 404, "unknown_url");
        assertError(client.send(client.request("/v1/models/other").GET().build()), 404, "model_not_found");
        assertError(client.send(client.request("/v1/chat/completions").GET().build()), 405, "method_not_supported");
        assertError(
                client.send(HttpRequest.newBuilder(address.resolve("/v1/chat/completions"))
                        .header("content-type", "text/plain")
                        .POST(HttpRequest.BodyPublishers.ofString("hi"))
                        .build()),
                415,
                "unsupported_media_type");
    }

    @Test
    void listsItsOneModel() {
        JsonNode list =
                json(client.send(client.request("/v1/models").GET().build()).body());

        assertThat(list.get("object").asText()).isEqualTo("list");
        assertThat(list.get("data")).hasSize(1);
        assertThat(list.at("/data/0/id").asText()).isEqualTo("tiny-translate@1.0.0");
        assertThat(client.send(client.request("/v1/models/tiny-translate").GET().build())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void returnsTheCallersRequestIdOrMakesOne() {
        HttpRequest named =
                client.request("/v1/models").header("x-request-id", "abc-1").build();
        HttpRequest misnamed =
                client.request("/v1/models").header("x-request-id", "a b").build();

        assertThat(client.send(named).headers().firstValue("x-request-id")).hasValue("abc-1");
        assertThat(client.send(misnamed).headers().firstValue("x-request-id").orElseThrow())
                .hasSize(36);
    }

    @Test
    void letsOnlyTheWorkloadsOnItsListIn() {
        var intruder =
                new EngineClient(address, HttpClient.Version.HTTP_1_1, EngineClient.tls("intruder-keystore.p12"));

        assertError(intruder.chat(asking("hi")), 403, "peer_not_allowed");
    }

    @Test
    void endsTheHandshakeOfCallersWithoutACertificateOrOfAnotherAuthority() {
        var nameless = new EngineClient(address, HttpClient.Version.HTTP_1_1, EngineClient.tls(null));
        var fake = new EngineClient(
                address, HttpClient.Version.HTTP_1_1, EngineClient.tls("other/model-service-keystore.p12"));

        assertThatThrownBy(() -> nameless.chat(asking("hi"))).hasCauseInstanceOf(IOException.class);
        assertThatThrownBy(() -> fake.chat(asking("hi"))).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void speaksNoOlderTls() throws IOException {
        try (SSLSocket socket = (SSLSocket) EngineClient.tls("model-service-keystore.p12")
                .getSocketFactory()
                .createSocket(address.getHost(), address.getPort())) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});

            assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
        }
    }

    @Test
    void tellsHealthAndMetricsOnTheManagementPort() throws IOException, InterruptedException {
        for (String path : List.of("health", "ready", "metrics")) {
            HttpResponse<String> response = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(management.resolve(path)).build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(path).isEqualTo(200);
        }
    }

    private static void assertError(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        JsonNode error = json(response.body()).get("error");
        assertThat(error.get("code").asText()).isEqualTo(code);
        assertThat(error.get("message").asText()).isNotEmpty();
        assertThat(error.has("type") && error.has("param")).isTrue();
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
    }
}
