package io.deepsuite.devstack.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deepsuite.devstack.Stack;
import io.deepsuite.devstack.StackOptions;
import io.deepsuite.devstack.certificate.Identity;
import io.deepsuite.devstack.keycloak.Role;
import io.deepsuite.devstack.layout.DevstackException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** Lists dead letters, and sends them again, as the demo user with the role sre. */
final class DeadLettersCommand {
    static final String USAGE = """
        deepsuite: usage: deepsuite dead-letters list [--reason REASON] [--from ID] [--to ID]
                          deepsuite dead-letters replay --reason REASON | --from ID --to ID | --only ID\
        """;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration BOUND = Duration.ofSeconds(60);

    private final StackOptions options;
    private final PrintStream out;

    DeadLettersCommand(StackOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** Returns 0 if it was done, 2 if it was called wrongly. */
    int run(List<String> arguments) {
        var request = DeadLettersRequest.read(arguments);
        if (request.isEmpty()) {
            System.err.println(USAGE);
            return 2;
        }
        var stack = Stack.attach(options);
        var face = new Face(
                stack.identity("demo-app"),
                stack.token(Role.SRE),
                stack.addresses().audit());
        return request.get().replay() ? replay(face, request.get()) : list(face, request.get());
    }

    private int list(Face face, DeadLettersRequest request) {
        int count = 0;
        out.printf("%-10s %-20s %-18s %-10s %s%n", "id", "time", "reason", "state", "what it is");
        for (var page = face.get(request.query("")); ; page = face.get(request.query(next(page)))) {
            for (var letter : page.path("letters")) {
                count++;
                out.printf(
                        "%-10s %-20.20s %-18s %-10s %s%n",
                        letter.path("id").asText(),
                        letter.path("time").asText(),
                        letter.path("reason").asText(),
                        letter.path("state").asText(),
                        what(letter));
            }
            if (next(page).isEmpty()) {
                out.println(count == 1 ? "1 dead letter" : count + " dead letters");
                return 0;
            }
        }
    }

    private int replay(Face face, DeadLettersRequest request) {
        int count = 0;
        for (var done = face.post(request.query("")); ; done = face.post(request.query(next(done)))) {
            for (var sent : done.path("sent")) {
                count++;
                out.printf(
                        "%-10s sent to partition %s, offset %s%n",
                        sent.path("letter").asText(), sent.path("partition"), sent.path("offset"));
            }
            int skipped = done.path("skipped").asInt();
            if (skipped > 0) {
                out.println(skipped + " skipped: stored already, or on their way");
            }
            if (next(done).isEmpty()) {
                out.println(count + " sent; ./deepsuite dead-letters list shows how it ended");
                return 0;
            }
        }
    }

    private static String what(JsonNode letter) {
        var event = letter.path("event");
        var text = event.isNull()
                ? letter.path("detail").asText()
                : "%s/%s/%s#%s"
                        .formatted(
                                event.path("service").asText(),
                                event.path("instance").asText(),
                                event.path("boot"),
                                event.path("sequence"));
        var original = letter.path("replayOf").asText();
        return original.isEmpty() ? text : text + " (replay of " + original + ")";
    }

    private static String next(JsonNode page) {
        return page.path("next").asText();
    }

    /** The service's REST face. */
    private record Face(Identity identity, String token, URI audit) {

        JsonNode get(String query) {
            return send(request("?" + query).GET());
        }

        JsonNode post(String query) {
            return send(request("/replay?" + query).POST(HttpRequest.BodyPublishers.noBody()));
        }

        private HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(audit.resolve("/api/v1/dead-letters" + path))
                    .timeout(BOUND)
                    .header("Authorization", "Bearer " + token);
        }

        private JsonNode send(HttpRequest.Builder request) {
            try (var client =
                    HttpClient.newBuilder().sslContext(identity.sslContext()).build()) {
                var response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() != 200) {
                    throw new DevstackException(
                            "the audit service answers " + response.statusCode() + ": " + response.body());
                }
                return JSON.readTree(response.body());
            } catch (IOException e) {
                throw new DevstackException("no answer from " + audit + ": " + e.getMessage(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new DevstackException("interrupted while waiting for the audit service", e);
            }
        }
    }
}
