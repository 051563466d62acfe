package io.deepsuite.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.devstack.keycloak.Role;
import io.deepsuite.systemtests.suite.EchoEngine;
import io.deepsuite.systemtests.suite.Https;
import io.deepsuite.systemtests.suite.Suite;
import io.deepsuite.systemtests.suite.SuiteExtension;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Counts agree with the pages of the same filters, and are audited reads. */
@ExtendWith(SuiteExtension.class)
class AuditFacetIT {

    private final Suite suite;

    AuditFacetIT(Suite suite) {
        this.suite = suite;
    }

    @Test
    void countsAgreeWithThePages() {
        // Given
        var chat = "counted-" + UUID.randomUUID();
        suite.chat().plain(EchoEngine.MODEL, "智能手机", chat);
        suite.events().awaitOne(chat);
        var chats = suite.events().all(Map.of("action", "inference.chat"));

        // When
        var id = "facets-" + UUID.randomUUID();
        var counts = Https.json(facets("?action=inference.chat&facet=actor,resourceId,reason", Role.AUDITOR, id));

        // Then
        assertThat(counts.path("exact").asBoolean()).isTrue();
        assertThat(counts.path("events").asInt()).isEqualTo(chats.size());
        var facets = counts.path("facets").valueStream().toList();
        assertThat(facets)
                .extracting(facet -> facet.path("facet").asText())
                .containsExactly("actor", "resourceId", "reason");
        assertThat(values(facets.get(0)))
                .isEqualTo(counted(chats, event -> event.getActor().getName()));
        assertThat(values(facets.get(1)))
                .isEqualTo(counted(chats, event -> event.getResource().getId()));
        assertThat(values(facets.get(2))).isEqualTo(counted(chats, AuditEvent::getReason));
        var event = suite.events().awaitOne(id);
        assertThat(event.getAction()).isEqualTo("audit-event.count");
        assertThat(event.getAttributesMap())
                .containsEntry("filters", "action,facet")
                .containsEntry("item_count", Integer.toString(chats.size()));
    }

    @Test
    void hasEveryFacetOfAnActorWhoIsNotThere() {
        var counts = Https.json(facets("?actor=" + UUID.randomUUID(), Role.AUDITOR, ""));

        assertThat(counts.path("events").asInt()).isZero();
        assertThat(counts.path("exact").asBoolean()).isTrue();
        assertThat(counts.path("facets").valueStream())
                .hasSize(10)
                .allSatisfy(facet -> assertThat(facet.path("values")).isEmpty());
    }

    @Test
    void isRefusedAndAuditedWithoutTheRole() {
        var id = "refused-" + UUID.randomUUID();

        assertThat(facets("", Role.SRE, id).statusCode()).isEqualTo(403);

        var event = suite.events().awaitOne(id);
        assertThat(event.getAction()).isEqualTo("audit-event.count");
        assertThat(event.getReason()).isEqualTo("ROLE_MISSING");
    }

    @Test
    void refusesUnknownFacets() {
        var answer = facets("?facet=colour", Role.AUDITOR, "");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"parameter\":\"facet\"").contains("expected: some of operation,action,");
    }

    private static Map<String, Long> values(JsonNode facet) {
        return facet.path("values")
                .valueStream()
                .collect(Collectors.toMap(
                        value -> value.path("value").asText(),
                        value -> value.path("events").asLong()));
    }

    private static Map<String, Long> counted(List<AuditEvent> events, Function<AuditEvent, String> value) {
        return events.stream().collect(Collectors.groupingBy(value, Collectors.counting()));
    }

    private HttpResponse<String> facets(String query, Role role, String requestId) {
        var request = Https.request(suite.events().address("/facets" + query), suite.token(role));
        return suite.https().send(requestId.isEmpty() ? request : request.header("x-request-id", requestId));
    }
}
