package io.deepsuite.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.deepsuite.audit.v1.Outcome;
import io.deepsuite.devstack.keycloak.Role;
import io.deepsuite.devstack.layout.Component;
import io.deepsuite.systemtests.suite.HandMade;
import io.deepsuite.systemtests.suite.Https;
import io.deepsuite.systemtests.suite.Suite;
import io.deepsuite.systemtests.suite.SuiteExtension;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A record that was put aside comes back once its cause is mended, and the gap that it left closes. */
@ExtendWith(SuiteExtension.class)
class DeadLetterReplayIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Suite suite;

    DeadLetterReplayIT(Suite suite) {
        this.suite = suite;
    }

    @Test
    void replayClosesTheGapOnceTheDatabaseTakesTheEvent() throws SQLException {
        // Given
        var source = new HandMade(suite, "refused");
        databaseRefuses(source.requestId(2));
        JsonNode letter;
        try {
            source.send(1, 3);
            letter = awaitLetter(source, "OPEN");
            assertThat(letter.path("reason").asText()).isEqualTo("STORE_REFUSED");
            assertThat(letter.at("/event/sequence").asLong()).isEqualTo(2);
            awaitSource(source, "MISSING", 1);

            // When: sent again too early
            assertThat(replay(only(letter)).path("sent")).hasSize(1);

            // Then
            letter = awaitLetter(source, "DEAD_AGAIN");
            assertThat(letters("reason=STORE_REFUSED"))
                    .extracting(one -> one.path("replayOf").asText())
                    .contains(letter.path("id").asText());
        } finally {
            databaseTakesAll();
        }

        // When: mended
        var requestId = "replay-" + UUID.randomUUID();
        var done = Https.json(post(only(letter), requestId));

        // Then
        assertThat(done.path("sent")).hasSize(1);
        awaitSource(source, "OPEN", 3);
        assertThat(suite.events().awaitOne(source.requestId(2)).getId()).isEqualTo(source.id(2));
        assertThat(awaitLetter(source, "STORED").path("replays")).hasSize(2);
        assertAudited(requestId, done.path("id").asText(), "1");
        var again = replay(only(letter));
        assertThat(again.path("sent")).isEmpty();
        assertThat(again.path("skipped").asInt()).isEqualTo(1);
    }

    @Test
    void tablesOfAnotherVersionMakeIngestWaitAndNoDeadLetters() throws SQLException {
        // Given
        var source = new HandMade(suite, "early");
        owner("ALTER TABLE audit_event ADD COLUMN of_another_version integer NOT NULL DEFAULT 0");
        try {
            owner("ALTER TABLE audit_event ALTER COLUMN of_another_version DROP DEFAULT");

            // When
            source.send(1, 2);

            // Then
            await().atMost(PATIENCE).until(() -> !suite.stack().isReady(Component.AUDIT_SERVICE));
            assertThat(letters("reason=STORE_REFUSED")).noneMatch(letter -> isFirstOf(source, letter));
        } finally {
            owner("ALTER TABLE audit_event DROP COLUMN of_another_version");
        }
        assertThat(suite.events().awaitOne(source.requestId(2)).getId()).isEqualTo(source.id(2));
        awaitSource(source, "OPEN", 2);
        assertThat(letters("reason=STORE_REFUSED")).noneMatch(letter -> isFirstOf(source, letter));
    }

    @Test
    void poisonIsListedWithoutItsBytesAndStaysDead() {
        // Given
        var source = new HandMade(suite, "poison");
        var poison = "poison " + source.instance();
        suite.topic()
                .sendAsModelService(
                        "model-service/" + source.instance() + "/1", List.of(poison.getBytes(StandardCharsets.UTF_8)));
        int size = poison.length();
        await().atMost(PATIENCE)
                .until(() -> letters("reason=UNPARSABLE").stream()
                        .anyMatch(one -> one.path("size").asInt() == size));

        // When
        var letter = letters("reason=UNPARSABLE").stream()
                .filter(one -> one.path("size").asInt() == size)
                .toList()
                .getLast();

        // Then
        assertThat(letter.path("event").isNull()).isTrue();
        assertThat(letter.toString()).doesNotContain(source.instance());
        assertThat(replay(only(letter)).path("sent")).hasSize(1);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(letters(only(letter)))
                        .extracting(one -> one.path("state").asText())
                        .containsExactly("DEAD_AGAIN"));
    }

    @Test
    void nothingIsSentAgainWithoutBeingTold() {
        var response = post("limit=5", "");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Https.json(response).path("title").asText()).isEqualTo("VALUE_INVALID");
    }

    private static String only(JsonNode letter) {
        var id = letter.path("id").asText();
        return "from=" + id + "&to=" + id;
    }

    private JsonNode awaitLetter(HandMade source, String state) {
        await("dead letter of %s in state %s".formatted(source.instance(), state))
                .atMost(PATIENCE)
                .until(() -> letters("reason=STORE_REFUSED").stream()
                        .anyMatch(letter -> isFirstOf(source, letter)
                                && letter.path("state").asText().equals(state)));
        return letters("reason=STORE_REFUSED").stream()
                .filter(letter -> isFirstOf(source, letter))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFirstOf(HandMade source, JsonNode letter) {
        return letter.at("/event/instance").asText().equals(source.instance())
                && letter.path("replayOf").asText().isEmpty();
    }

    private void awaitSource(HandMade source, String state, long watermark) {
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            var report = suite.logs().source("model-service", source.instance(), 1);
            assertThat(report.path("state").asText()).isEqualTo(state);
            assertThat(report.path("watermark").asLong()).isEqualTo(watermark);
        });
    }

    private void assertAudited(String requestId, String replay, String count) {
        var event = suite.events().awaitOne(requestId);
        assertThat(event.getAction()).isEqualTo("dead-letter.replay");
        assertThat(event.getOutcome()).isEqualTo(Outcome.OUTCOME_SUCCESS);
        assertThat(event.getActor().getName()).isEqualTo(Role.SRE.username());
        assertThat(event.getResource().getId()).isEqualTo(replay);
        assertThat(event.getAttributesMap()).containsEntry("item_count", count);
    }

    /** All letters that fit, over all pages. */
    private List<JsonNode> letters(String query) {
        var letters = new java.util.ArrayList<JsonNode>();
        var next = "";
        do {
            var page = get(query + (next.isEmpty() ? "" : "&from=" + next));
            page.path("letters").forEach(letters::add);
            next = page.path("next").asText();
        } while (!next.isEmpty());
        return letters;
    }

    private JsonNode get(String query) {
        var response = suite.https()
                .send(Https.request(
                        suite.stack().addresses().audit().resolve("/api/v1/dead-letters?" + query),
                        suite.token(Role.SRE)));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Https.json(response);
    }

    private JsonNode replay(String query) {
        var response = post(query, "");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Https.json(response);
    }

    private HttpResponse<String> post(String query, String requestId) {
        var request = Https.request(
                        suite.stack().addresses().audit().resolve("/api/v1/dead-letters/replay?" + query),
                        suite.token(Role.SRE))
                .POST(HttpRequest.BodyPublishers.noBody());
        return suite.https().send(requestId.isEmpty() ? request : request.header("x-request-id", requestId));
    }

    private void databaseRefuses(String requestId) throws SQLException {
        owner("ALTER TABLE audit_event ADD CONSTRAINT refused_for_a_test CHECK (request_id <> '%s') NOT VALID"
                .formatted(requestId));
    }

    private void databaseTakesAll() throws SQLException {
        owner("ALTER TABLE audit_event DROP CONSTRAINT refused_for_a_test");
    }

    private void owner(String sql) throws SQLException {
        try (var connection = suite.databases()
                        .connect(
                                "audit_service",
                                "audit_service_owner",
                                suite.stack().identity("platform"));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
