package io.deepsuite.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.Outcome;
import io.deepsuite.devstack.keycloak.Role;
import io.deepsuite.devstack.layout.Component;
import io.deepsuite.systemtests.suite.EchoEngine;
import io.deepsuite.systemtests.suite.Https;
import io.deepsuite.systemtests.suite.Suite;
import io.deepsuite.systemtests.suite.SuiteExtension;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An export holds what the pages hold, says whether that is all, and is an audited read. */
@ExtendWith(SuiteExtension.class)
class AuditExportIT {

    /** Months that another test lets leave are before. */
    private final String recent = Instant.now().minus(Duration.ofDays(1)).toString();

    private final String recentChats = "?action=inference.chat&from=" + recent;

    private final Suite suite;

    AuditExportIT(Suite suite) {
        this.suite = suite;
    }

    @Test
    void holdsWhatThePagesHold() {
        // Given
        var listed = chats(2);

        // When
        var id = "export-" + UUID.randomUUID();
        var answer = export(recentChats, Role.AUDITOR, id);

        // Then
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/x-ndjson");
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"audit-events.ndjson\"");
        var lines = answer.body().lines().map(Https::json).toList();
        assertThat(lines.subList(0, lines.size() - 1))
                .extracting(line -> line.path("id").asText())
                .isEqualTo(listed);
        var end = lines.getLast().path("end");
        assertThat(end.path("events").asInt()).isEqualTo(listed.size());
        assertThat(end.path("complete").asBoolean()).isTrue();
        var event = suite.events().awaitOne(id);
        assertThat(event.getAction()).isEqualTo("audit-event.export");
        assertThat(event.getOutcome()).isEqualTo(Outcome.OUTCOME_SUCCESS);
        assertThat(event.getAttributesMap())
                .containsEntry("item_count", Integer.toString(listed.size()))
                .containsEntry("complete", "true")
                .containsEntry("filters", "action,from");
    }

    @Test
    void goesOnWhereItsLimitEndedTheOneBefore() {
        var listed = chats(5);
        suite.stack().stop(Component.AUDIT_SERVICE);
        var limited = Map.of(
                "DEEPSUITE_AUDIT_QUERY_EXPORT_PAGE", "2",
                "DEEPSUITE_AUDIT_QUERY_EXPORT_MAX_EVENTS", "3");
        suite.stackWith(Component.AUDIT_SERVICE, limited).start(Component.AUDIT_SERVICE);
        try {
            var first = lines(recentChats);
            var end = first.getLast().path("end");
            assertThat(end.path("events").asInt()).isEqualTo(4);
            assertThat(end.path("complete").asBoolean()).isFalse();

            var token = end.path("nextPageToken").asText();
            var second = lines(recentChats + "&pageToken=" + token);

            assertThat(second.getFirst().path("id").asText()).isEqualTo(listed.get(4));
        } finally {
            suite.stack().stop(Component.AUDIT_SERVICE);
            suite.stack().start(Component.AUDIT_SERVICE);
        }
    }

    @Test
    void hasRowsForSpreadsheets() {
        var answer = export(recentChats + "&format=csv", Role.AUDITOR, "");

        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
        var rows = List.of(answer.body().split("\r\n", -1));
        assertThat(rows.getFirst()).startsWith("\"record\",\"id\",\"time\",");
        assertThat(rows.get(1)).startsWith("\"event\",").contains("\"inference.chat\"");
        assertThat(rows.get(rows.size() - 2)).startsWith("\"end\",\"" + (rows.size() - 3) + "\",\"true\",\"OK\",");
    }

    @Test
    void hasTheSameEventsInTheOpenSchema() {
        var listed = chats(1);

        var lines = lines(recentChats + "&format=ocsf");
        var single = Https.json(suite.https()
                .send(Https.request(
                        suite.events().address("/" + listed.getFirst() + "?format=ocsf"), suite.token(Role.AUDITOR))));

        assertThat(lines.subList(0, lines.size() - 1))
                .allSatisfy(line -> assertThat(line.path("class_uid").asInt()).isEqualTo(6003))
                .extracting(line -> line.at("/metadata/uid").asText())
                .isEqualTo(listed);
        assertThat(single).isEqualTo(lines.getFirst());
    }

    @Test
    void isRefusedAndAuditedWithoutTheRole() {
        var id = "refused-" + UUID.randomUUID();

        var answer = export("", Role.SRE, id);

        assertThat(answer.statusCode()).isEqualTo(403);
        var event = suite.events().awaitOne(id);
        assertThat(event.getAction()).isEqualTo("audit-event.export");
        assertThat(event.getOutcome()).isEqualTo(Outcome.OUTCOME_FAILURE);
        assertThat(event.getReason()).isEqualTo("ROLE_MISSING");
    }

    @Test
    void refusesALimitAndUnknownFormats() {
        assertThat(export("?limit=5", Role.AUDITOR, "").body()).contains("\"parameter\":\"limit\"");
        assertThat(export("?format=xml", Role.AUDITOR, "").body()).contains("ndjson, csv, ocsf");
    }

    /** A bundle's event tells how the stream ended, so it comes with the stream's end and not before. */
    @Test
    void bundlesAreAuditedOnce() {
        var id = "bundle-" + UUID.randomUUID();

        var answer = suite.https()
                .send(Https.request(
                                suite.stack().addresses().audit().resolve("/api/v1/audit-logs/bundle"),
                                suite.token(Role.AUDITOR))
                        .header("x-request-id", id));

        assertThat(answer.statusCode()).isEqualTo(200);
        var event = suite.events().awaitOne(id);
        assertThat(event.getAction()).isEqualTo("audit-log.export");
        assertThat(event.getOutcome()).isEqualTo(Outcome.OUTCOME_SUCCESS);
    }

    /** Ids of all chats, the newest first, of which there are so many or more. */
    private List<String> chats(int least) {
        for (int chat = 0; chat < least; chat++) {
            var id = "exported-" + UUID.randomUUID();
            suite.chat().plain(EchoEngine.MODEL, "智能手机", id);
            suite.events().awaitOne(id);
        }
        return suite.events().all(Map.of("action", "inference.chat", "from", recent)).stream()
                .map(AuditEvent::getId)
                .toList();
    }

    private List<JsonNode> lines(String query) {
        return export(query, Role.AUDITOR, "").body().lines().map(Https::json).toList();
    }

    private HttpResponse<String> export(String query, Role role, String requestId) {
        var request = Https.request(suite.events().address("/export" + query), suite.token(role));
        return suite.https().send(requestId.isEmpty() ? request : request.header("x-request-id", requestId));
    }
}
