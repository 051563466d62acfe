package io.deepsuite.systemtests.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.deepsuite.devstack.certificate.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * An engine over the OpenAI protocol that answers with the last thing it was told, in pieces of two characters, so that every placeholder falls across
 * pieces; it keeps what it received. It wants a client certificate, as engines do.
 */
public final class EchoEngine implements AutoCloseable {

    /** Name under which it is registered. */
    public static final String MODEL = "echo";

    /** Text of prompts whose streamed answer stops after its first piece while the gate of {@link #hold()} is shut. */
    public static final String HELD = "hold the line";

    private static final int PIECE_LENGTH = 2;
    private static final int LONGEST_HOLD_SECONDS = 60;

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ConcurrentLinkedQueue<String> received = new ConcurrentLinkedQueue<>();

    private volatile CountDownLatch gate = new CountDownLatch(0);

    private EchoEngine(HttpsServer server) {
        this.server = server;
    }

    static EchoEngine start(Identity identity) {
        try {
            var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(identity.sslContext()) {
                @Override
                public void configure(HttpsParameters parameters) {
                    var tls = getSSLContext().getDefaultSSLParameters();
                    tls.setNeedClientAuth(true);
                    tls.setProtocols(new String[] {"TLSv1.3"});
                    parameters.setSSLParameters(tls);
                }
            });
            var engine = new EchoEngine(server);
            server.createContext("/v1/chat/completions", engine::chat);
            server.createContext("/v1/completions", engine::complete);
            server.setExecutor(engine.threads);
            server.start();
            return engine;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its base address. */
    public URI address() {
        return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Bodies of the requests that hold this text. */
    public List<String> receivedWith(String text) {
        return received.stream().filter(body -> body.contains(text)).toList();
    }

    /** Bodies of all requests so far. */
    public List<String> received() {
        return List.copyOf(received);
    }

    /** Shuts a gate before answers to {@link #HELD} prompts; counting it down opens it. */
    public CountDownLatch hold() {
        gate = new CountDownLatch(1);
        return gate;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void chat(HttpExchange exchange) throws IOException {
        var request = read(exchange);
        var messages = request.path("messages");
        var text = messages.path(messages.size() - 1).path("content").asText();
        if (request.path("stream").asBoolean()) {
            stream(exchange, pieces(text), piece -> choice("delta", Map.of("content", piece), null));
        } else {
            var message = Map.of("role", "assistant", "content", text);
            answer(exchange, choice("message", message, "stop"), pieces(text).size());
        }
    }

    private void complete(HttpExchange exchange) throws IOException {
        var request = read(exchange);
        var text = request.path("prompt").asText();
        if (request.path("stream").asBoolean()) {
            stream(exchange, pieces(text), piece -> choice("text", piece, null));
        } else {
            answer(exchange, choice("text", text, "stop"), pieces(text).size());
        }
    }

    private void awaitGate() {
        try {
            if (!gate.await(LONGEST_HOLD_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody opened the gate");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private JsonNode read(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        received.add(body);
        return Https.json(body);
    }

    private static List<String> pieces(String text) {
        var points = text.codePoints().toArray();
        var pieces = new ArrayList<String>();
        for (int start = 0; start < points.length; start += PIECE_LENGTH) {
            pieces.add(new String(points, start, Math.min(PIECE_LENGTH, points.length - start)));
        }
        return pieces;
    }

    private interface Rendering {
        Map<String, Object> choice(String piece);
    }

    private void stream(HttpExchange exchange, List<String> pieces, Rendering rendering) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        boolean held = String.join("", pieces).contains(HELD);
        try (var out = exchange.getResponseBody()) {
            for (var piece : pieces) {
                out.write(event(Https.text(chunk(List.of(rendering.choice(piece)), null))));
                out.flush();
                if (held) {
                    awaitGate();
                }
            }
            var end = new LinkedHashMap<>(rendering.choice(""));
            end.put("finish_reason", "stop");
            out.write(event(Https.text(chunk(List.of(end), null))));
            out.write(event(Https.text(chunk(List.of(), usage(pieces.size())))));
            out.write(event("[DONE]"));
        }
    }

    private static void answer(HttpExchange exchange, Map<String, Object> choice, int tokens) throws IOException {
        var body = Https.text(chunk(List.of(choice), usage(tokens))).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static Map<String, Object> choice(String field, Object value, String finishReason) {
        var choice = new LinkedHashMap<String, Object>();
        choice.put("index", 0);
        choice.put(field, value);
        choice.put("finish_reason", finishReason);
        return choice;
    }

    private static Map<String, Object> chunk(List<?> choices, Map<String, Integer> usage) {
        var chunk = new LinkedHashMap<String, Object>();
        chunk.put("id", "echo");
        chunk.put("object", "chat.completion.chunk");
        chunk.put("created", 1);
        chunk.put("model", MODEL);
        chunk.put("choices", choices);
        chunk.put("usage", usage);
        return chunk;
    }

    private static Map<String, Integer> usage(int tokens) {
        return Map.of("prompt_tokens", tokens, "completion_tokens", tokens, "total_tokens", 2 * tokens);
    }

    private static byte[] event(String data) {
        return ("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}
