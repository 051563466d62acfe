package io.deepsuite.bench.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deepsuite.bench.query.Question.Sort;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageCheckTest {

    private static final Instant BEGIN = Instant.parse("2026-05-01T00:00:00Z");
    private static final Instant END = Instant.parse("2026-11-01T00:00:00Z");
    private static final Question BUSY = new Question("actor", Sort.COMMON, "7d1c", List.of("actor=mei"));
    private static final Question ANY = new Question("none", Sort.COMMON, List.of(""));

    private final PageCheck check = new PageCheck(new Trail(300_000, BEGIN, END));

    @Test
    void countsTheEventsOfThePersonWhoWasAskedFor() {
        // When
        int events = check.events(BUSY, page(event("\"id\":\"7d1c\""), event("\"id\":\"7d1c\"")));

        // Then
        assertThat(events).isEqualTo(2);
    }

    @Test
    void refusesAnotherPerson() {
        // When // Then
        assertThatThrownBy(() -> check.events(BUSY, page(event("\"id\":\"7d1c\""), event("\"id\":\"03aa\""))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("actor, COMMON: actor 03aa (expected: 7d1c)");
    }

    @Test
    void refusesAPersonWhoIsClosed() {
        // Given
        var closed = event("\"personalState\":\"PERSONAL_STATE_UNAVAILABLE\"");

        // When // Then
        assertThatThrownBy(() -> check.events(ANY, page(closed)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void refusesNothingWhereThereIsSomething() {
        // When // Then
        assertThatThrownBy(() -> check.events(BUSY, page())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesSomethingWhereThereIsNothing() {
        // Given
        var absent = new Question("actor", Sort.ABSENT, "7d1c", List.of("actor=nobody"));

        // When // Then
        assertThatThrownBy(() -> check.events(absent, page(event("\"id\":\"7d1c\""))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void wantsWhatIsRareInALargeTrailOnly() {
        // Given
        var rare = new Question("actor", Sort.RARE, "7d1c", List.of("actor=mei"));
        var large = new PageCheck(new Trail(10_000_000, BEGIN, END));

        // When
        int events = check.events(rare, page());

        // Then
        assertThat(events).isZero();
        assertThatThrownBy(() -> large.events(rare, page())).isInstanceOf(IllegalStateException.class);
    }

    private static String page(String... events) {
        return "{\"events\":[%s],\"nextPageToken\":\"\"}".formatted(String.join(",", events));
    }

    private static String event(String actor) {
        return "{\"id\":\"e\",\"time\":\"2026-08-01T00:00:00Z\",\"actor\":{\"type\":\"ACTOR_TYPE_USER\",%s}}"
                .formatted(actor);
    }
}
