package io.deepsuite.audit.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deepsuite.audit.query.FacetCounts.FacetValues;
import io.deepsuite.audit.query.FacetCounts.ValueCount;
import io.deepsuite.audit.query.FacetTally.Entry;
import io.deepsuite.audit.tier.Archives;
import io.deepsuite.audit.tier.TierAnswers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FacetTallyTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String HASH = "ab".repeat(32);
    private static final String ERASED = "cd".repeat(32);

    @Test
    void namesPersonsAndNobodyElse() {
        // Given
        var tally = tally(
                20,
                Map.of(
                        "actor",
                        List.of(
                                new Entry(HASH, true, 5),
                                new Entry(HASH, false, 4),
                                new Entry("sealed:" + HASH, false, 3),
                                new Entry("sealed:zz", false, 2),
                                new Entry("", false, 1)),
                        "resourceId",
                        List.of(new Entry("sealed:zz", false, 9), new Entry("sealed:" + HASH, false, 8))));

        // When
        var counts = tally.answer(Map.of(HASH, "mei", "sealed:" + HASH, "mei"), List.of());

        // Then
        assertThat(tally.persons()).containsExactly(HASH);
        assertThat(counts.facets())
                .containsExactly(
                        new FacetValues(
                                "actor",
                                List.of(
                                        new ValueCount("mei", 5),
                                        new ValueCount(HASH, 4),
                                        new ValueCount("sealed:" + HASH, 3),
                                        new ValueCount("sealed:zz", 2),
                                        new ValueCount("", 1)),
                                5),
                        new FacetValues(
                                "resourceId",
                                List.of(new ValueCount("sealed:zz", 9), new ValueCount("sealed:" + HASH, 8)),
                                3));
    }

    @Test
    void showsNoHashOfSomebodyWhoWasErasedMeanwhile() {
        var counts =
                tally(7, Map.of("actor", List.of(new Entry(ERASED, true, 7)))).answer(Map.of(HASH, "mei"), List.of());

        assertThat(counts.facets())
                .containsExactly(
                        new FacetValues("actor", List.of(new ValueCount("", 7)), 0),
                        new FacetValues("resourceId", List.of(), 7));
    }

    @Test
    void isNotExactWhenTheWindowReachesIntoArchives() throws JsonProcessingException {
        // Given
        var archives = List.of(Archives.of("2026-01"));

        // When
        var counts = tally(7, Map.of()).answer(Map.of(), archives);

        // Then
        assertThat(counts.exact()).isFalse();
        assertThat(counts.events()).isEqualTo(7);
        assertThat(JSON.writeValueAsString(counts))
                .contains("\"exact\":false,")
                .endsWith(TierAnswers.member(archives) + "}");
    }

    @Test
    void isExactAndSaysNothingOfTiersWhenEverythingWasCounted() throws JsonProcessingException {
        var counts = tally(7, Map.of()).answer(Map.of(), List.of());

        assertThat(counts.exact()).isTrue();
        assertThat(JSON.writeValueAsString(counts)).contains("\"exact\":true,").doesNotContain("tiers");
    }

    private static FacetTally tally(long events, Map<String, List<Entry>> entries) {
        var request = AuditEventRequestReader.readFacets(
                Map.of("facet", List.of("actor,resourceId")),
                "acme",
                Instant.parse("2026-01-31T08:00:00Z"),
                Duration.ofDays(1));
        return new FacetTally(request, events, true, entries);
    }
}
