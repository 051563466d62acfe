package io.deepsuite.audit.completeness;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.audit.event.SourceId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SourceAnswersTest {

    private static final Optional<Duration> FOLLOWED = Optional.of(Duration.ofSeconds(1));

    @Test
    void isCompleteWhenEverySourceIsWhole() {
        var answer = SourceAnswers.Sources.of(List.of(
                report(OptionalLong.of(9), FOLLOWED, List.of()),
                report(OptionalLong.empty(), Optional.empty(), List.of())));

        assertThat(answer.complete()).isTrue();
        assertThat(answer.sources()).extracting(SourceAnswers.Source::state).containsExactly("COMPLETE", "OPEN");
    }

    @Test
    void isNotCompleteWhileASourceEndedNobodyKnowsWhere() {
        var answer = SourceAnswers.Sources.of(List.of(report(OptionalLong.empty(), FOLLOWED, List.of())));

        assertThat(answer.complete()).isFalse();
        assertThat(answer.sources().getFirst().state()).isEqualTo("END_UNKNOWN");
    }

    @Test
    void isNotCompleteWhileNumbersAreMissing() {
        var answer = SourceAnswers.Sources.of(List.of(report(OptionalLong.empty(), Optional.empty(), gaps(1))));

        assertThat(answer.complete()).isFalse();
        assertThat(answer.sources().getFirst().state()).isEqualTo("MISSING");
    }

    @Test
    void listsTheFirstGapsAndCountsThemAll() {
        var source = SourceAnswers.Sources.of(List.of(report(OptionalLong.empty(), Optional.empty(), gaps(50_000))))
                .sources()
                .getFirst();

        assertThat(source.missing())
                .hasSize(100)
                .startsWith(new SourceAnswers.Gap(10, 11), new SourceAnswers.Gap(20, 21));
        assertThat(source.gapCount()).isEqualTo(50_000);
        assertThat(source.missingCount()).isEqualTo(100_000);
    }

    @Test
    void namesTheFirstGapsInTexts() {
        assertThat(report(OptionalLong.empty(), Optional.empty(), gaps(2)).missing())
                .isEqualTo("10 to 11, 20 to 21");
        assertThat(report(OptionalLong.empty(), Optional.empty(), gaps(23)).missing())
                .startsWith("10 to 11, 20 to 21, ")
                .endsWith(", 200 to 201 and 3 more gaps");
    }

    private static List<SourceGap> gaps(int count) {
        return LongStream.rangeClosed(1, count)
                .mapToObj(number -> new SourceGap(new NumberRun(10 * number, 10 * number + 1), Duration.ZERO))
                .toList();
    }

    private static SourceReport report(OptionalLong end, Optional<Duration> followed, List<SourceGap> gaps) {
        return new SourceReport(new SourceId("model-service", "a", 1), 9, 9, end, Optional.empty(), gaps, followed);
    }
}
