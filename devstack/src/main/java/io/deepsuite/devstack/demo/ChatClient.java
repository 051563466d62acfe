package io.deepsuite.devstack.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deepsuite.devstack.certificate.Identity;
import io.deepsuite.devstack.layout.DevstackException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Consumer;

/** Asks a model over the OpenAI protocol. */
public final class ChatClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DATA = "data:";

    private final Identity identity;
    private final URI model;

    public ChatClient(Identity identity, URI model) {
        this.identity = identity;
        this.model = model;
    }

    /**
     * Streams an answer.
     *
     * @param piece gets each piece of text as it arrives
     * @return number of pieces
     * @throws DevstackException if the answer is an error or breaks off
     */
    public int stream(String token, String requestId, String modelName, String prompt, Consumer<String> piece) {
        var body = JSON.createObjectNode().put("model", modelName).put("stream", true);
        body.putArray("messages").addObject().put("role", "user").put("content", prompt);
        var request = HttpRequest.newBuilder(URI.create(model + "/v1/chat/completions"))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("x-request-id", requestId)
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        try (var client = HttpClient.newBuilder()
                        .sslContext(identity.sslContext())
                        .build();
                var lines = client.send(request, HttpResponse.BodyHandlers.ofLines())
                        .body()) {
            int pieces = 0;
            boolean complete = false;
            var unexpected = new StringBuilder();
            for (var line : (Iterable<String>) lines::iterator) {
                if (!line.startsWith(DATA)) {
                    unexpected.append(line);
                } else if (line.endsWith("[DONE]")) {
                    complete = true;
                } else {
                    var text = content(line.substring(DATA.length()));
                    if (!text.isEmpty()) {
                        piece.accept(text);
                        pieces++;
                    }
                }
            }
            if (!complete) {
                throw new DevstackException("the answer of " + model + " is not complete: " + unexpected);
            }
            return pieces;
        } catch (IOException e) {
            throw new DevstackException("no answer from " + model + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevstackException("interrupted while waiting for an answer", e);
        }
    }

    private static String content(String chunk) throws JsonProcessingException {
        var tree = JSON.readTree(chunk);
        if (tree.has("error")) {
            throw new DevstackException("the model answers with an error: "
                    + tree.path("error").path("message").asText());
        }
        return tree.path("choices").path(0).path("delta").path("content").asText("");
    }
}
