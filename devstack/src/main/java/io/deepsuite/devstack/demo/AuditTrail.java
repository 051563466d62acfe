package io.deepsuite.devstack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deepsuite.devstack.certificate.Identity;
import io.deepsuite.devstack.layout.DevstackException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Asks the audit service what it knows of a request. */
public final class AuditTrail {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(250);

    /** What tells the story; the answer holds more. */
    private static final List<String> SHOWN = List.of(
            "id",
            "time",
            "operation",
            "action",
            "actor.type",
            "actor.name",
            "actor.workload",
            "resource.id",
            "resource.version",
            "resource.digest",
            "outcome",
            "traceId",
            "inference.inputHmac",
            "inference.outputSha256",
            "inference.maskedTypes",
            "inference.engine");

    private final Identity identity;
    private final URI audit;

    public AuditTrail(Identity identity, URI audit) {
        this.identity = identity;
        this.audit = audit;
    }

    /**
     * The one event of a request, one field a line; waits for it, as events travel through Kafka.
     *
     * @throws DevstackException if it does not arrive
     */
    public List<String> event(String token, String requestId) {
        try (var client =
                HttpClient.newBuilder().sslContext(identity.sslContext()).build()) {
            long end = System.nanoTime() + BOUND.toNanos();
            while (System.nanoTime() < end) {
                var event = find(client, token, requestId);
                if (event.isPresent()) {
                    return lines(event.get());
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            throw new DevstackException(
                    "no audit event of request " + requestId + " after " + BOUND.toSeconds() + " s");
        } catch (IOException e) {
            throw new DevstackException("no answer from " + audit + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevstackException("interrupted while waiting for the audit event", e);
        }
    }

    private Optional<JsonNode> find(HttpClient client, String token, String requestId)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(audit + "/api/v1/audit-events?requestId=" + requestId))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + token)
                .build();
        var response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() == 503) {
            return Optional.empty();
        }
        if (response.statusCode() != 200) {
            throw new DevstackException("the audit service answers " + response.statusCode() + ": " + response.body());
        }
        var events = JSON.readTree(response.body()).path("events");
        return events.isEmpty() ? Optional.empty() : Optional.of(events.get(0));
    }

    private static List<String> lines(JsonNode event) {
        var lines = new ArrayList<String>();
        for (var field : SHOWN) {
            var value = event.at("/" + field.replace('.', '/'));
            if (!value.isMissingNode()) {
                lines.add("%-26s %s".formatted(field, value.isTextual() ? value.asText() : value));
            }
        }
        return lines;
    }
}
