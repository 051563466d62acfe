package io.deepsuite.bench.query;

import io.deepsuite.devstack.Stack;
import io.deepsuite.devstack.keycloak.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Pattern;

/** Asks as a person with the role auditor does: TLS with a client certificate, a bound token, one call after the other on one connection. */
final class Auditor implements AutoCloseable {

    private static final Pattern NEXT = Pattern.compile("\"nextPageToken\":\"([^\"]*)\"}$");
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(1);

    private final Stack stack;
    private final HttpClient client;
    private String token = "";
    private long tokenTaken;

    Auditor(Stack stack) {
        this.stack = stack;
        this.client = HttpClient.newBuilder()
                .sslContext(stack.identity("demo-app").sslContext())
                .build();
    }

    /**
     * Asks for a page.
     *
     * @param query the query string
     */
    Answer page(String query) throws IOException, InterruptedException {
        var answer = get("/api/v1/audit-events" + (query.isEmpty() ? "" : "?" + query));
        var next = NEXT.matcher(answer.body());
        if (!next.find()) {
            throw new IOException("no page: " + answer.body());
        }
        return new Answer(answer.millis(), next.group(1), answer.body());
    }

    /** Asks for one event. */
    Answer event(String id) throws IOException, InterruptedException {
        return get("/api/v1/audit-events/" + id);
    }

    private Answer get(String path) throws IOException, InterruptedException {
        if (token.isEmpty() || System.nanoTime() - tokenTaken > TOKEN_LIFE.toNanos()) {
            token = stack.token(Role.AUDITOR);
            tokenTaken = System.nanoTime();
        }
        var request = HttpRequest.newBuilder(URI.create(stack.addresses().audit() + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token)
                .build();
        long start = System.nanoTime();
        var response = client.send(request, HttpResponse.BodyHandlers.ofString());
        double millis = (System.nanoTime() - start) / 1e6;
        if (response.statusCode() != 200) {
            throw new IOException("%s: %d %s".formatted(path, response.statusCode(), response.body()));
        }
        return new Answer(millis, "", response.body());
    }

    @Override
    public void close() {
        client.close();
    }

    /**
     * What came back.
     *
     * @param millis from the request to the last byte
     * @param next token of the next page; empty when there is none
     * @param body as it came
     */
    record Answer(double millis, String next, String body) {}
}
