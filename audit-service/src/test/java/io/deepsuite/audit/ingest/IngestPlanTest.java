package io.deepsuite.audit.ingest;

import static io.deepsuite.audit.ingest.Records.FIRST;
import static io.deepsuite.audit.ingest.Records.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.audit.deadletter.DeadLetter;
import io.deepsuite.audit.event.EventFault;
import io.deepsuite.audit.event.Events;
import io.deepsuite.proof.merkle.TreeHash;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class IngestPlanTest {

    @Test
    void storesEveryEventAndMovesEveryPartition() {
        var records = new Records().event(FIRST, 0).event(FIRST, 1).event(SECOND, 4);

        var plan = plan(records, Map.of(FIRST, 0L, SECOND, 4L));

        assertThat(plan.arrivals()).hasSize(3);
        assertThat(plan.letters()).isEmpty();
        assertThat(plan.spans()).containsExactly(new Span(FIRST, 0, 2, 2, 0, 0), new Span(SECOND, 4, 5, 1, 0, 0));
    }

    @Test
    void putsPoisonAsideOneByOneAndStoresItsNeighbours() {
        var records = new Records();
        for (int i = 0; i < 50; i++) {
            records.event(FIRST, i);
        }
        records.value(FIRST, 50, "poison".getBytes(StandardCharsets.UTF_8)).value(FIRST, 51, null);
        for (int i = 52; i < 57; i++) {
            records.event(FIRST, i);
        }

        var plan = plan(records, Map.of(FIRST, 0L));

        assertThat(plan.arrivals()).hasSize(55);
        assertThat(plan.letters())
                .extracting(letter -> letter.record().offset(), letter -> letter.fault())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(50L, EventFault.UNPARSABLE),
                        org.assertj.core.groups.Tuple.tuple(51L, EventFault.VALUE_MISSING));
        assertThat(plan.spans()).containsExactly(new Span(FIRST, 0, 57, 55, 0, 2));
    }

    @Test
    void movesOverABatchOfNothingButPoison() {
        var plan = plan(new Records().value(FIRST, 9, null), Map.of(FIRST, 9L));

        assertThat(plan.isEmpty()).isFalse();
        assertThat(plan.arrivals()).isEmpty();
        assertThat(plan.spans()).containsExactly(new Span(FIRST, 9, 10, 0, 0, 1));
    }

    @Test
    void leavesOutRecordsBeforeThePosition() {
        var records = new Records().event(FIRST, 0).event(FIRST, 1).event(FIRST, 2);

        var plan = plan(records, Map.of(FIRST, 2L));

        assertThat(plan.arrivals())
                .extracting(arrival -> arrival.record().offset())
                .containsExactly(2L);
        assertThat(plan.spans()).containsExactly(new Span(FIRST, 2, 3, 1, 0, 0));
    }

    @Test
    void hasNothingToDoWhenAllRecordsLieBeforeThePosition() {
        assertThat(plan(new Records().event(FIRST, 0), Map.of(FIRST, 1L)).isEmpty())
                .isTrue();
    }

    @Test
    void startsAtTheFirstRecordOfAPartitionNeverStored() {
        assertThat(plan(new Records().event(FIRST, 17), Map.of()).spans())
                .containsExactly(new Span(FIRST, 17, 18, 1, 0, 0));
    }

    @Test
    void keepsTheChainOfPositionsOverAHole() {
        assertThat(plan(new Records().event(FIRST, 17), Map.of(FIRST, 12L)).spans())
                .containsExactly(new Span(FIRST, 12, 18, 1, 0, 0));
    }

    @Test
    void storesAnEventThatStandsTwiceInTheBatchOnce() {
        var records = new Records().event(FIRST, 0, Events.event(5)).event(FIRST, 1, Events.event(5));

        var plan = plan(records, Map.of(FIRST, 0L));

        assertThat(plan.arrivals()).hasSize(1);
        assertThat(plan.letters()).isEmpty();
        assertThat(plan.spans()).containsExactly(new Span(FIRST, 0, 2, 1, 1, 0));
    }

    @Test
    void leavesOutWhatTheStoreHas() {
        var known = Events.read(Events.event(5));
        var records = new Records().event(FIRST, 0, Events.event(5)).event(FIRST, 1, Events.event(6));

        var plan = IngestPlan.make(
                records.readings(),
                Map.of(FIRST, 0L),
                List.of(new StoredIdentity(known.key(), known.position(), new StoredContent.Whole(known.bytes()))),
                Set.of());

        assertThat(plan.arrivals())
                .extracting(arrival -> arrival.record().offset())
                .containsExactly(1L);
        assertThat(plan.duplicates()).isEqualTo(1);
    }

    @Test
    void knowsAnEventThatHasLeftTheStoreByItsLeaf() {
        var known = Events.read(Events.event(5));
        var other = Events.read(Events.event(6));
        var lost = Events.read(Events.event(7));
        var records = new Records()
                .event(FIRST, 0, Events.event(5))
                .event(FIRST, 1, Events.event(6))
                .event(FIRST, 2, Events.event(7));
        var leaf = new StoredContent.Hash(TreeHash.ofLeaf(known.bytes().array()));

        var plan = IngestPlan.make(
                records.readings(),
                Map.of(FIRST, 0L),
                List.of(
                        new StoredIdentity(known.key(), known.position(), leaf),
                        new StoredIdentity(other.key(), other.position(), leaf),
                        new StoredIdentity(lost.key(), lost.position(), new StoredContent.Nothing())),
                Set.of());

        assertThat(plan.arrivals()).isEmpty();
        assertThat(plan.duplicates()).isEqualTo(1);
        assertThat(plan.letters()).extracting(DeadLetter::fault).containsOnly(EventFault.ID_CONFLICT);
        assertThat(plan.letters()).hasSize(2);
    }

    @Test
    void putsAsideAnotherEventWithAnIdThatIsTaken() {
        var records = new Records()
                .event(FIRST, 0, Events.event(5))
                .event(FIRST, 1, Events.event(5).setReason("OTHER"));

        var plan = plan(records, Map.of(FIRST, 0L));

        assertThat(plan.arrivals()).hasSize(1);
        assertThat(plan.letters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.fault()).isEqualTo(EventFault.ID_CONFLICT));
    }

    @Test
    void putsAsideAnotherEventWithASourcePositionThatIsTaken() {
        var records = new Records()
                .event(FIRST, 0, Events.event(5))
                .event(FIRST, 1, Events.event(6).setSource(Events.event(5).getSource()));

        var plan = plan(records, Map.of(FIRST, 0L));

        assertThat(plan.letters()).singleElement().satisfies(letter -> {
            assertThat(letter.fault()).isEqualTo(EventFault.POSITION_CONFLICT);
            assertThat(letter.detail())
                    .isEqualTo("source: model-service/model-0/1#5 "
                            + "(expected: event 01900000-0000-7000-8000-000000000005, which has it)");
        });
    }

    @Test
    void takesIntentAndOutcomeOfOneOperationForTwoRecords() {
        var records = new Records()
                .event(
                        FIRST,
                        0,
                        Events.event(5)
                                .setPhase(io.deepsuite.audit.v1.Phase.PHASE_INTENT)
                                .clearOutcome())
                .event(FIRST, 1, Events.event(5).setSource(Events.event(6).getSource()));

        assertThat(plan(records, Map.of(FIRST, 0L)).arrivals()).hasSize(2);
    }

    @Test
    void putsAsideWhatTheDatabaseRefuses() {
        var records = new Records().event(FIRST, 0).event(FIRST, 1);

        var plan = IngestPlan.make(records.readings(), Map.of(FIRST, 0L), List.of(), Set.of(records.record(FIRST, 1)));

        assertThat(plan.arrivals()).hasSize(1);
        assertThat(plan.letters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.fault()).isEqualTo(EventFault.STORE_REFUSED));
    }

    private static IngestPlan plan(Records records, Map<TopicPartition, Long> positions) {
        return IngestPlan.make(records.readings(), positions, List.of(), Set.of());
    }
}
