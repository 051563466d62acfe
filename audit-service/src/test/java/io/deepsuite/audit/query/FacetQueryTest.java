package io.deepsuite.audit.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deepsuite.servicekit.error.DeepsuiteException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FacetQueryTest {

    private static final Instant NOW = Instant.parse("2026-01-31T08:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void countsTheLastDayByEveryFacetWhenNothingElseIsSaid() {
        var request = read(Map.of());

        assertThat(request.from()).isEqualTo(NOW.minus(DAY));
        assertThat(request.to()).isEqualTo(NOW);
        assertThat(request.facets()).containsExactly(Facet.values());
    }

    @Test
    void keepsTheOrderOfTheFacetsAndTheFilters() {
        var request = read(Map.of("facet", "reason,action", "outcome", "FAILURE", "to", "2026-01-30T00:00:00Z"));

        assertThat(request.facets()).containsExactly(Facet.REASON, Facet.ACTION);
        assertThat(request.to()).isEqualTo(Instant.parse("2026-01-30T00:00:00Z"));
        assertThat(request.from()).isEqualTo(Instant.parse("2026-01-29T00:00:00Z"));
    }

    @Test
    void putsValuesOfCallersInParametersOnly() {
        var query = FacetQuery.of(
                read(Map.of("facet", "action", "actor", "mei' --", "reason", "ROLE_MISSING")),
                List.of(),
                Optional.of(List.of(4)),
                1000,
                20);

        assertThat(query.sql())
                .doesNotContain("mei")
                .doesNotContain("ROLE_MISSING")
                .contains("(e.actor_id = $4 OR e.actor_name = $4 OR e.personal_key = ANY($5))")
                .contains("e.reason = $6 AND e.kind = ANY($7)")
                .contains("e.action AS \"action\"")
                .contains("LIMIT $8")
                .contains("place <= $9");
        assertThat(query.parameters())
                .usingElementComparator((one, other) -> Objects.deepEquals(one, other) ? 0 : 1)
                .containsExactly(
                        "acme",
                        NOW.minus(DAY).atOffset(ZoneOffset.UTC),
                        NOW.atOffset(ZoneOffset.UTC),
                        "mei' --",
                        new UUID[0],
                        "ROLE_MISSING",
                        new Integer[] {4},
                        1001L,
                        20L);
    }

    /** Whoever writes "sealed:" or a hash into a text is still no person. */
    @Test
    void takesForAPersonOnlyWhomTheStoreHasSealed() {
        var query = FacetQuery.of(read(Map.of("facet", "actor,resourceId")), List.of(), Optional.empty(), 1000, 20);

        assertThat(query.sql())
                .contains("SELECT coalesce(nullif(e.actor_name, ''), e.actor_id) AS \"actor\","
                        + " CASE WHEN e.actor_name = '' AND e.actor_id = '' THEN (SELECT encode(k.subject, 'hex')"
                        + " FROM subject_key k WHERE k.key_id = e.personal_key) END AS \"actor_person\","
                        + " e.resource_id AS \"resourceId\", NULL::text AS \"resourceId_person\" FROM audit_event e")
                .contains("(VALUES ('actor', c.\"actor\", c.\"actor_person\"),"
                        + " ('resourceId', c.\"resourceId\", c.\"resourceId_person\")) AS f (facet, value, person)");
    }

    @Test
    void refusesWhatCountsDoNotHave() {
        assertRefused(Map.of("facet", "action,colour"), "facet: \"colour\" (expected: some of operation,action,");
        assertRefused(Map.of("limit", "5"), "limit: ");
        assertRefused(Map.of("pageToken", "x"), "pageToken: ");
        assertRefused(Map.of("from", "2026-02-01T00:00:00Z"), "from: ");
        assertRefused(Map.of("colour", "red"), "parameter: ");
    }

    private static void assertRefused(Map<String, String> parameters, String message) {
        assertThatThrownBy(() -> read(parameters))
                .isInstanceOf(DeepsuiteException.class)
                .hasMessageStartingWith(message);
    }

    private static FacetRequest read(Map<String, String> parameters) {
        var lists = new HashMap<String, List<String>>();
        parameters.forEach((name, value) -> lists.put(name, List.of(value)));
        return AuditEventRequestReader.readFacets(lists, "acme", NOW, DAY);
    }
}
