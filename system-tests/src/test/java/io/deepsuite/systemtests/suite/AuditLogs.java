package io.deepsuite.systemtests.suite;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.deepsuite.devstack.keycloak.Role;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The logs as an auditor reads them over REST. */
public final class AuditLogs {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Suite suite;

    AuditLogs(Suite suite) {
        this.suite = suite;
    }

    /** Asks for a path below {@code /api/v1/}. */
    public HttpResponse<String> get(String path) {
        return suite.https()
                .send(Https.request(
                        suite.stack().addresses().audit().resolve("/api/v1/" + path), suite.token(Role.AUDITOR)));
    }

    /** The body of an answer that has to be one. */
    public String body(String path) {
        var response = get(path);
        if (response.statusCode() != 200) {
            throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    /** The body as JSON. */
    public JsonNode json(String path) {
        return Https.json(body(path));
    }

    /** State of one log. */
    public JsonNode log(int log) {
        return json("audit-logs")
                .path("logs")
                .valueStream()
                .filter(one -> one.path("log").asInt() == log)
                .findFirst()
                .orElseThrow();
    }

    /** Returns when a checkpoint covers so many leaves. */
    public void awaitCheckpoint(int log, long size) {
        await("checkpoint of log %d with %d leaves".formatted(log, size))
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> log(log).path("checkpoint").path("treeSize").asLong() >= size);
    }

    /** What the service says of a source. */
    public JsonNode source(String service, String instance, long boot) {
        return json("audit-sources")
                .path("sources")
                .valueStream()
                .filter(one -> one.path("service").asText().equals(service)
                        && one.path("instance").asText().equals(instance)
                        && one.path("boot").asLong() == boot)
                .findFirst()
                .orElseThrow();
    }
}
