package io.deepsuite.audit.tier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TierAnswersTest {

    private static final List<Tier> AUGUST = List.of(Archives.of("2026-08"));

    @Test
    void nameWhatWasSearchedAndWhatWasNot() {
        assertThat(TierAnswers.json(AUGUST))
                .isEqualTo(
                        "[{\"tier\":\"hot\"},{\"tier\":\"archive\",\"from\":\"2026-08-01T00:00:00Z\",\"to\":\"2026-09-01T00:00:00Z\","
                                + "\"records\":12,\"location\":\"file:///archive/2026-08/\"}]");
        assertThat(TierAnswers.member(AUGUST)).isEqualTo(",\"tiers\":" + TierAnswers.json(AUGUST));
    }

    @Test
    void areNoneWhenEverythingWasSearched() {
        assertThat(TierAnswers.of(List.of())).isEmpty();
        assertThat(TierAnswers.member(List.of())).isEmpty();
    }
}
