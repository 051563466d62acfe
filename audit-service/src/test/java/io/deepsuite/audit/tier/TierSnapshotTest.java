package io.deepsuite.audit.tier;

import static io.deepsuite.audit.tier.Archives.away;
import static io.deepsuite.audit.tier.Archives.back;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TierSnapshotTest {

    private static final Tier AUGUST = Archives.of("2026-08");
    private static final Tier JULY = Archives.of("2026-07");

    @Test
    void namesTheArchivesOfMonthsThatAreAway() {
        assertThat(of(away("2026-08"), back("2026-07", 1)).archives()).containsExactly(AUGUST);
    }

    @Test
    void namesNothingOfAMonthThatWasInTheStoreAllTheTime() {
        assertThat(of(back("2026-08", 2)).archivesSince(of(back("2026-08", 2)))).isEmpty();
        assertThat(of().archivesSince(of())).isEmpty();
    }

    @Test
    void namesAMonthThatWasAwayAllTheTime() {
        assertThat(of(away("2026-08"), away("2026-07")).archivesSince(of(away("2026-08"), away("2026-07"))))
                .containsExactly(AUGUST, JULY);
    }

    @Test
    void namesAMonthThatLeftMeanwhile() {
        assertThat(of(away("2026-08"), away("2026-07")).archivesSince(of(away("2026-07"))))
                .containsExactly(AUGUST, JULY);
        assertThat(of(new TierSnapshot.Month(AUGUST, true, 2)).archivesSince(of(back("2026-08", 1))))
                .containsExactly(AUGUST);
    }

    @Test
    void namesAMonthThatCameBackMeanwhile() {
        assertThat(of(back("2026-08", 1)).archivesSince(of(away("2026-08")))).containsExactly(AUGUST);
    }

    @Test
    void namesAMonthThatLeftAndCameBackMeanwhile() {
        assertThat(of(back("2026-08", 1)).archivesSince(of())).containsExactly(AUGUST);
        assertThat(of(back("2026-08", 3)).archivesSince(of(back("2026-08", 2)))).containsExactly(AUGUST);
    }

    private static TierSnapshot of(TierSnapshot.Month... months) {
        return new TierSnapshot(List.of(months));
    }
}
