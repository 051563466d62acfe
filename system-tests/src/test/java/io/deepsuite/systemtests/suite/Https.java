package io.deepsuite.systemtests.suite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deepsuite.devstack.certificate.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** HTTPS calls with one certificate. */
public final class Https implements AutoCloseable {

    /** Reads and writes JSON. */
    public static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final HttpClient client;

    Https(Identity identity) {
        this.client = HttpClient.newBuilder()
                .sslContext(identity.sslContext())
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    /** A request that carries that token. */
    public static HttpRequest.Builder request(URI address, String token) {
        return request(address).header("Authorization", "Bearer " + token);
    }

    /** A request without a token. */
    public static HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address).timeout(PATIENCE).header("Content-Type", "application/json");
    }

    /** Sends it and reads the whole answer. */
    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return sendOrFail(request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The same for callers who expect the connection to break.
     *
     * @throws IOException if there is no complete answer
     */
    public HttpResponse<String> sendOrFail(HttpRequest.Builder request) throws IOException {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The body as JSON. */
    public static JsonNode json(HttpResponse<String> response) {
        return json(response.body());
    }

    /** A text as JSON. */
    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("not JSON: " + text, e);
        }
    }

    /** JSON text of maps, lists and plain values. */
    public static String text(Map<String, ?> values) {
        try {
            return JSON.writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
