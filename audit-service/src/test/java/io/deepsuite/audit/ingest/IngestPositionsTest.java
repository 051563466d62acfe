package io.deepsuite.audit.ingest;

import static io.deepsuite.audit.ingest.Records.FIRST;
import static io.deepsuite.audit.ingest.Records.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IngestPositionsTest {

    private final IngestPositions positions = new IngestPositions();

    @Test
    void forgetsThePositionOfAPartitionThatIsAssignedAgain() {
        positions.assign(List.of(FIRST));
        positions.set(FIRST, 5);

        positions.assign(List.of(FIRST));

        assertThat(positions.unknown(List.of(FIRST, SECOND))).containsExactly(FIRST, SECOND);
    }

    @Test
    void doesNotOwnARevokedPartition() {
        positions.assign(List.of(FIRST, SECOND));

        positions.revoke(List.of(FIRST));

        assertThat(positions.isAssigned(FIRST)).isFalse();
        assertThat(positions.isAssigned(SECOND)).isTrue();
    }

    @Test
    void goesBackForMissingRecordsOnlySoOften() {
        positions.assign(List.of(FIRST));

        for (int i = 0; i < IngestPositions.GAP_RETRIES; i++) {
            assertThat(positions.shouldGoBack(FIRST)).isTrue();
        }

        assertThat(positions.shouldGoBack(FIRST)).isFalse();
    }

    @Test
    void goesBackAgainOnceThePositionHasMoved() {
        for (int i = 0; i <= IngestPositions.GAP_RETRIES; i++) {
            positions.shouldGoBack(FIRST);
        }

        positions.set(FIRST, 6);

        assertThat(positions.shouldGoBack(FIRST)).isTrue();
    }

    @Test
    void noticesATopicThatIsShorterThanWhatWasStored() {
        positions.checkEnds(Map.of(FIRST, 5000L, SECOND, 3L), Map.of(FIRST, 10L, SECOND, 3L));

        assertThat(positions.foreignTopic())
                .contains("deepsuite.audit.v1-0: stored position 5000 (expected: at most its end, 10)");
    }

    @Test
    void isContentWithATopicThatEndsWhereItWasStoredTo() {
        positions.checkEnds(Map.of(FIRST, 10L), Map.of(FIRST, 10L));

        assertThat(positions.foreignTopic()).isEmpty();
    }
}
