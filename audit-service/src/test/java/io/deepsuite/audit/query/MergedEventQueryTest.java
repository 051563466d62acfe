package io.deepsuite.audit.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.audit.query.AuditEventFilter.Column;
import io.deepsuite.audit.query.MergedEventQuery.Range;
import io.deepsuite.audit.query.MergedEventQuery.Span;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MergedEventQueryTest {

    private static final List<UUID> KEYS = List.of(new UUID(1, 1), new UUID(2, 2));

    @Test
    void readsAShortRangeForEachKeyWithinTheTenant() {
        var query = MergedEventQuery.of(
                Requests.of(Requests.filter("acme", Map.of()), 10), new Range.Keys(KEYS), 11, Span.ALL);

        assertThat(query.sql())
                .contains(
                        "unnest($1::uuid[])",
                        "e.personal_key = wanted.value AND e.tenant IS NOT DISTINCT FROM $2",
                        "LIMIT $3",
                        "LIMIT $4");
        assertThat(query.parameters()).containsExactly(KEYS.toArray(UUID[]::new), "acme", 11, 11);
    }

    @ParameterizedTest
    @EnumSource
    void bindsValuesAndNeverWritesThemIntoTheQuery(Column column) {
        var hostile = "x' or '1'='1";

        var query = MergedEventQuery.of(
                Requests.of(Requests.filter("acme", Map.of(column, hostile)), 10), new Range.Keys(KEYS), 11, Span.ALL);

        assertThat(query.sql()).containsPattern("AND e\\.[a-z_]+ = \\$3").doesNotContain(hostile);
        assertThat(query.parameters()).contains(hostile);
    }

    @Test
    void namesColumnsAsTheDatabaseDoes() {
        var query = MergedEventQuery.of(
                Requests.of(Requests.filter("acme", Map.of(Column.RESOURCE_TYPE, "model")), 10),
                new Range.Kinds(List.of(3, 5)),
                4,
                Span.ALL);

        assertThat(query.sql())
                .contains(
                        "unnest($1::integer[])", "e.kind = wanted.value", "e.resource_type = $3", "LIMIT $4) AS found");
        assertThat(query.parameters()).containsExactly(new Integer[] {3, 5}, "acme", "model", 4, 11);
    }

    @Test
    void keepsToTimesPageAndEnd() {
        // Given
        var filter = Requests.between("2026-11-22T10:00:00Z", "2026-11-22T11:00:00Z");
        var page = new PageToken(Instant.parse("2026-11-22T10:40:00Z"), new UUID(0, 7));
        var request = new AuditEventRequest(filter, 10, Optional.of(page));

        // When
        var query = MergedEventQuery.of(
                request, new Range.Keys(KEYS), 11, Span.from(Instant.parse("2026-11-22T10:20:00Z")));

        // Then
        assertThat(query.sql())
                .contains(
                        "e.occurred_at >= $3",
                        "e.occurred_at >= $4",
                        "e.occurred_at < $5",
                        "e.occurred_at <= $6",
                        "(e.occurred_at < $7 OR e.id < $8)");
        assertThat(query.parameters().subList(2, 8))
                .containsExactly(
                        OffsetDateTime.parse("2026-11-22T10:20:00Z"),
                        OffsetDateTime.parse("2026-11-22T10:00:00Z"),
                        OffsetDateTime.parse("2026-11-22T11:00:00Z"),
                        OffsetDateTime.parse("2026-11-22T10:40:00Z"),
                        OffsetDateTime.parse("2026-11-22T10:40:00Z"),
                        new UUID(0, 7));
    }
}
