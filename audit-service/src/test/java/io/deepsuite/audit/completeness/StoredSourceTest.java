package io.deepsuite.audit.completeness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.deepsuite.audit.event.SourceId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StoredSourceTest {

    private static final SourceId SOURCE = new SourceId("model-service", "a", 2);

    @Test
    void aGapIsVisibleSinceTheFirstOfWhatLiesBehindItArrived() {
        // Given numbers 1, 10 and 5 in this order
        var source = stored(SOURCE, 1, 30, island(5, 5, 8), island(10, 12, 20));

        // When
        var report = only(source);

        // Then
        assertThat(report.gaps())
                .containsExactly(
                        new SourceGap(new NumberRun(2, 4), Duration.ofSeconds(20)),
                        new SourceGap(new NumberRun(6, 9), Duration.ofSeconds(20)));
        assertThat(report.missingCount()).isEqualTo(7);
    }

    @Test
    void aNewGapBehindAnOldOneHasItsOwnTime() {
        var report = only(stored(SOURCE, 1, 900, island(5, 5, 800), island(8, 8, 3)));

        assertThat(report.fault(Duration.ofSeconds(15))).contains(new SourceFault(List.of(new NumberRun(2, 4)), false));
        assertThat(report.fault(Duration.ofSeconds(2)))
                .contains(new SourceFault(List.of(new NumberRun(2, 4), new NumberRun(6, 7)), false));
    }

    @Test
    void theEndShowsAllThatIsMissingBeforeIt() {
        var source = new StoredSource(
                SOURCE,
                0,
                List.of(island(5, 5, 1)),
                OptionalLong.of(9),
                Duration.ofSeconds(40),
                Duration.ofSeconds(1),
                Optional.empty());

        assertThat(only(source).gaps())
                .containsExactly(
                        new SourceGap(new NumberRun(1, 4), Duration.ofSeconds(40)),
                        new SourceGap(new NumberRun(6, 9), Duration.ofSeconds(40)));
    }

    @Test
    void islandsThatTouchLeaveNoGap() {
        var report = only(stored(SOURCE, 2, 30, island(3, 4, 20), island(5, 9, 10)));

        assertThat(report.watermark()).isEqualTo(9);
        assertThat(report.state()).isEqualTo(SourceReport.State.OPEN);
    }

    @Test
    void everyBootButTheLastNeedsAnEnd() {
        // Given
        var first = stored(new SourceId("model-service", "a", 1), 3, 90);
        var second = stored(SOURCE, 3, 50);
        var last = stored(new SourceId("model-service", "a", 7), 3, 10);
        var other = stored(new SourceId("model-service", "b", 1), 3, 99);

        // When
        var reports = StoredSource.reports(List.of(first, second, last, other));

        // Then
        assertThat(reports)
                .extracting(SourceReport::state, SourceReport::followed)
                .containsExactly(
                        tuple(SourceReport.State.END_UNKNOWN, Optional.of(Duration.ofSeconds(50))),
                        tuple(SourceReport.State.END_UNKNOWN, Optional.of(Duration.ofSeconds(10))),
                        tuple(SourceReport.State.OPEN, Optional.empty()),
                        tuple(SourceReport.State.OPEN, Optional.empty()));
        assertThat(reports.getFirst().fault(Duration.ofSeconds(50))).contains(new SourceFault(List.of(), true));
        assertThat(reports.get(1).fault(Duration.ofSeconds(15))).isEmpty();
    }

    private static SourceReport only(StoredSource source) {
        return StoredSource.reports(List.of(source)).getFirst();
    }

    private static StoredSource stored(SourceId source, long watermark, int begun, StoredSource.Island... beyond) {
        return new StoredSource(
                source,
                watermark,
                List.of(beyond),
                OptionalLong.empty(),
                Duration.ZERO,
                Duration.ofSeconds(begun),
                Optional.empty());
    }

    private static StoredSource.Island island(long first, long last, int begun) {
        return new StoredSource.Island(new NumberRun(first, last), Duration.ofSeconds(begun));
    }
}
