package io.deepsuite.audit.completeness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SourceProgressTest {

    @Test
    void reachesAsFarAsNothingIsMissing() {
        var progress = SourceProgress.NONE.plus(List.of(new NumberRun(1, 5)));

        assertThat(progress.watermark()).isEqualTo(5);
        assertThat(progress.gaps(0)).isEmpty();
    }

    @Test
    void namesTheGapBeforeWhatArrivedLater() {
        var progress = SourceProgress.NONE
                .plus(List.of(new NumberRun(1, 2), new NumberRun(6, 7)))
                .plus(List.of(new NumberRun(10, 10)));

        assertThat(progress.watermark()).isEqualTo(2);
        assertThat(progress.highest()).isEqualTo(10);
        assertThat(progress.gaps(0)).containsExactly(new NumberRun(3, 5), new NumberRun(8, 9));
    }

    @Test
    void joinsTwoAccountsOfTheSameSource() {
        var one = SourceProgress.NONE.plus(List.of(new NumberRun(1, 4), new NumberRun(9, 9)));
        var other = new SourceProgress(0, List.of(new NumberRun(5, 6), new NumberRun(8, 8)));

        assertThat(one.plus(other)).isEqualTo(new SourceProgress(6, List.of(new NumberRun(8, 9))));
        assertThat(other.plus(one)).isEqualTo(one.plus(other));
    }

    @Test
    void namesTheTailOnceTheEndIsKnown() {
        var progress = SourceProgress.NONE.plus(List.of(new NumberRun(1, 2)));

        assertThat(progress.gaps(2)).isEmpty();
        assertThat(progress.gaps(4)).containsExactly(new NumberRun(3, 4));
        assertThat(SourceProgress.NONE.gaps(3)).containsExactly(new NumberRun(1, 3));
    }

    /** What was stored before ingest had a bound must not stop all who ask how complete the sources are. */
    @Test
    void takesTheHighestNumberThereIs() {
        var highest = SourceProgress.runs(List.of(Long.MAX_VALUE - 1, Long.MAX_VALUE, 1L));

        var progress = SourceProgress.NONE.plus(highest).plus(List.of(new NumberRun(5, 5)));

        assertThat(highest).containsExactly(new NumberRun(Long.MAX_VALUE - 1, Long.MAX_VALUE), new NumberRun(1, 1));
        assertThat(progress.highest()).isEqualTo(Long.MAX_VALUE);
        assertThat(progress.gaps(0)).containsExactly(new NumberRun(2, 4), new NumberRun(6, Long.MAX_VALUE - 2));
        assertThat(progress.gaps(Long.MAX_VALUE)).isEqualTo(progress.gaps(0));
        assertThat(progress.plus(progress)).isEqualTo(progress);
    }

    @Test
    void isCompleteUpToTheHighestNumberThereIs() {
        var progress = SourceProgress.NONE.plus(List.of(new NumberRun(1, Long.MAX_VALUE)));

        assertThat(progress.plus(List.of(new NumberRun(3, 4), new NumberRun(Long.MAX_VALUE, Long.MAX_VALUE))))
                .isEqualTo(new SourceProgress(Long.MAX_VALUE, List.of()));
        assertThat(progress.gaps(Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void saysWhereItBeginsThatNothingIsMissing() {
        var progress = SourceProgress.NONE.plus(List.of(new NumberRun(1, 2), new NumberRun(5, 7), new NumberRun(9, 9)));

        assertThat(progress.unbrokenFrom(2)).isEqualTo(1);
        assertThat(progress.unbrokenFrom(5)).isEqualTo(5);
        assertThat(progress.unbrokenFrom(7)).isEqualTo(5);
        assertThat(progress.unbrokenFrom(9)).isEqualTo(9);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> progress.unbrokenFrom(8))
                .withMessage("number: 8 (expected: one that has arrived)");
        assertThatIllegalArgumentException().isThrownBy(() -> progress.unbrokenFrom(3));
    }

    @Test
    void forgetsTheOldestGapsAndClaimsNoMoreThanBefore() {
        var progress = SourceProgress.NONE.plus(
                List.of(new NumberRun(1, 2), new NumberRun(5, 7), new NumberRun(9, 9), new NumberRun(11, 11)));

        var newest = progress.newest(2);

        assertThat(newest).isEqualTo(new SourceProgress(2, List.of(new NumberRun(9, 9), new NumberRun(11, 11))));
        assertThat(newest.plus(progress)).isEqualTo(progress);
        assertThat(progress.newest(3)).isSameAs(progress);
    }

    @Property(tries = 200)
    void isCompleteInTheEndWhateverTheOrder(
            @ForAll @IntRange(min = 1, max = 60) int count,
            @ForAll @IntRange(min = 1, max = 9) int batch,
            @ForAll long seed) {
        var numbers = new ArrayList<>(LongStream.rangeClosed(1, count).boxed().toList());
        Collections.shuffle(numbers, new Random(seed));

        var progress = SourceProgress.NONE;
        for (int from = 0; from < count; from += batch) {
            progress = progress.plus(SourceProgress.runs(numbers.subList(from, Math.min(count, from + batch))));
        }

        assertThat(progress).isEqualTo(new SourceProgress(count, List.of()));
    }

    @Property(tries = 200)
    void missesExactlyWhatDidNotArrive(
            @ForAll @IntRange(min = 2, max = 60) int count, @ForAll @IntRange(min = 1, max = 59) int lost) {
        long missing = lost % (count - 1) + 1L;
        var arrived = LongStream.rangeClosed(1, count)
                .filter(number -> number != missing)
                .boxed()
                .toList();

        var progress = SourceProgress.NONE.plus(SourceProgress.runs(arrived));

        assertThat(progress.gaps(count)).containsExactly(new NumberRun(missing, missing));
    }
}
