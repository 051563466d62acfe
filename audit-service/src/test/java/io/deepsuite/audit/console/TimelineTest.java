package io.deepsuite.audit.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {

    private static final Instant START = Instant.parse("2026-11-28T04:00:00Z");

    @Test
    void drawsNothingWithoutEvents() {
        assertThat(Timeline.of(List.of()).isEmpty()).isTrue();
    }

    @Test
    void putsTheEarliestLeftAndTheLatestRight() {
        var timeline = Timeline.of(List.of(event(600, "FAILURE"), event(0, "SUCCESS")));

        assertThat(timeline.from()).isEqualTo("2026-11-28 04:00:00");
        assertThat(timeline.to()).isEqualTo("2026-11-28 04:10:00");
        assertThat(timeline.bars()).hasSize(2);
        assertThat(timeline.bars().getFirst().x()).isLessThan(16);
        assertThat(timeline.bars().getFirst().bad().height()).isZero();
        assertThat(timeline.bars().getLast().x()).isGreaterThanOrEqualTo(944);
        assertThat(timeline.bars().getLast().good().height()).isZero();
    }

    @Test
    void stacksFailuresOnTopWithinTheDrawing() {
        var timeline = Timeline.of(List.of(event(0, "FAILURE"), event(0, "SUCCESS"), event(0, "SUCCESS")));

        var bar = timeline.bars().getFirst();
        assertThat(timeline.most()).isEqualTo(3);
        assertThat(bar.bad().y()).isZero();
        assertThat(bar.good().y()).isEqualTo(bar.bad().height());
        assertThat(bar.good().height() + bar.bad().height()).isEqualTo(96);
    }

    private static EventView event(long second, String outcome) {
        return new EventView(
                "id", START.plusSeconds(second), "aiko", "USER", "READ", "action", "", outcome, "OK", "service", "{}");
    }
}
