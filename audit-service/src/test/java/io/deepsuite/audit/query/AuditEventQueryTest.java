package io.deepsuite.audit.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.audit.query.AuditEventFilter.Column;
import io.deepsuite.audit.query.AuditEventQuery.ActorAttribute;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AuditEventQueryTest {

    private static final String TAIL = " and (e.key.phase = 'OUTCOME' or not exists ("
            + "select 1 from AuditEventKeyRow k"
            + " where k.key.id = e.key.id and k.key.phase <> e.key.phase))"
            + " order by e.key.occurredAt desc, e.key.id desc";

    @Test
    void staysWithinTheTenant() {
        var query =
                AuditEventQuery.of(Requests.of(Requests.filter("acme", Map.of()), 10), List.of(), ActorAttribute.ID);

        assertThat(query.hql())
                .isEqualTo("select e.key.occurredAt, e.key.id, e.event from AuditEventRow e where e.tenant = :tenant"
                        + TAIL);
        assertThat(query.parameters()).isEqualTo(Map.of("tenant", "acme"));
    }

    @ParameterizedTest
    @EnumSource(Column.class)
    void bindsValuesAndNeverWritesThemIntoTheQuery(Column column) {
        var hostile = "x' or '1'='1";

        var query = AuditEventQuery.of(
                Requests.of(Requests.filter("acme", Map.of(column, hostile)), 10), List.of(), ActorAttribute.ID);

        assertThat(query.hql()).contains(" = :" + column.parameter()).doesNotContain(hostile);
        assertThat(query.parameters()).containsEntry(column.parameter(), hostile);
    }

    @Test
    void namesThePartialIndexOfWhatHasOne() {
        assertThat(hql(Column.TRACE_ID, "abc")).contains("e.traceId = :traceId and e.traceId <> ''");
        assertThat(hql(Column.RESOURCE_ID, "abc")).contains("e.resourceId = :resourceId and e.resourceId <> ''");
        assertThat(hql(Column.OUTCOME, "FAILURE"))
                .contains("e.outcome = :outcome")
                .doesNotContain("<> ''");
    }

    @Test
    void comparesKindsWithTheValuesThatTheyStandFor() {
        var request = Requests.of(Requests.filter("acme", Map.of(Column.OUTCOME, "FAILURE")), 10);

        var query = AuditEventQuery.of(request, List.of(3, 5), ActorAttribute.ID);

        assertThat(query.hql()).contains("e.outcome = :outcome and e.kind in (:kinds)");
        assertThat(query.parameters()).containsEntry("kinds", List.of(3, 5));
    }

    @Test
    void comparesAnActorWithIdOrName() {
        var request = Requests.of(Requests.actor("mei"), 10);

        assertThat(AuditEventQuery.of(request, List.of(), ActorAttribute.ID).hql())
                .contains("e.actorId = :actor and e.actorId <> ''");
        assertThat(AuditEventQuery.of(request, List.of(), ActorAttribute.NAME).hql())
                .contains("e.actorName = :actor");
    }

    @Test
    void takesTimesFromInclusiveToExclusive() {
        var query = AuditEventQuery.of(
                Requests.of(Requests.between("2026-11-22T10:00:00Z", "2026-11-22T11:00:00Z"), 10),
                List.of(),
                ActorAttribute.ID);

        assertThat(query.hql()).contains(" and e.key.occurredAt >= :from and e.key.occurredAt < :to");
    }

    @Test
    void continuesBehindThePageBefore() {
        var after = new PageToken(Instant.parse("2026-11-22T10:00:00Z"), new UUID(1, 2));
        var request = new AuditEventRequest(Requests.filter("acme", Map.of()), 10, Optional.of(after));

        var query = AuditEventQuery.of(request, List.of(), ActorAttribute.ID);

        assertThat(query.hql())
                .contains(
                        " and e.key.occurredAt <= :pageTime and (e.key.occurredAt < :pageTime or e.key.id < :pageId)");
        assertThat(query.parameters())
                .containsEntry("pageTime", after.occurredAt())
                .containsEntry("pageId", after.id());
    }

    private static String hql(Column column, String value) {
        return AuditEventQuery.of(
                        Requests.of(Requests.filter("acme", Map.of(column, value)), 10), List.of(), ActorAttribute.ID)
                .hql();
    }
}
