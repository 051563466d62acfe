package io.deepsuite.audit.ingest;

import static io.deepsuite.audit.ingest.Records.FIRST;
import static io.deepsuite.audit.ingest.Records.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.audit.event.Events;
import io.deepsuite.proof.merkle.Frontier;
import io.deepsuite.proof.merkle.TreeHash;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SealedPlanTest {

    private static final Frontier TWO =
            Frontier.empty().append(TreeHash.ofLeaf(new byte[] {1})).append(TreeHash.ofLeaf(new byte[] {2}));

    @Test
    void numbersTheEventsOfEachLogOnFromWhereItEnded() {
        var records =
                new Records().event(FIRST, 10).event(FIRST, 11).event(SECOND, 4).event(FIRST, 12);

        var sealed = seal(records, Map.of(0, TWO));

        assertThat(sealed.plan().arrivals())
                .extracting(arrival -> arrival.record().partition())
                .containsExactly(0, 0, 0, 1);
        assertThat(sealed.leaves()).containsExactly(2L, 3L, 4L, 0L);
        assertThat(sealed.growths()).extracting(growth -> growth.after().size()).containsExactly(5L, 1L);
    }

    @Test
    void givesNoPlaceToPoisonAndCopies() {
        var records = new Records()
                .event(FIRST, 0)
                .value(FIRST, 1, "poison".getBytes(StandardCharsets.UTF_8))
                .event(FIRST, 2, Events.event(1))
                .event(FIRST, 3);

        var sealed = seal(records, Map.of());

        assertThat(sealed.plan().letters()).hasSize(1);
        assertThat(sealed.plan().duplicates()).isEqualTo(1);
        assertThat(sealed.leaves()).containsExactly(0L, 1L);
    }

    @Test
    void sealsTheExactBytes() {
        var sealed = seal(new Records().event(FIRST, 0), Map.of());

        var bytes = sealed.plan().arrivals().getFirst().event().bytes().array();
        assertThat(sealed.growths().getFirst().after().root()).isEqualTo(TreeHash.ofLeaf(bytes));
    }

    @Test
    void addsNothingToALogOfNothingButPoison() {
        var sealed = seal(new Records().value(FIRST, 9, null), Map.of(0, TWO));

        assertThat(sealed.growths()).isEmpty();
        assertThat(sealed.leaves()).isEmpty();
    }

    private static SealedPlan seal(Records records, Map<Integer, Frontier> trees) {
        return SealedPlan.seal(IngestPlan.make(records.readings(), Map.of(), List.of(), Set.of()), trees);
    }
}
