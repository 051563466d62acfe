package io.deepsuite.journal.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

    @Property
    void doublesUpToTheLongestAndTakesAtLeastHalf(
            @ForAll @IntRange(min = 1, max = 1_000_000) int failures, @ForAll long seed) {
        Duration bound = failures <= 6 ? Duration.ofMillis(100L << (failures - 1)) : Duration.ofSeconds(5);

        assertThat(backoff.after(failures, new Random(seed))).isBetween(bound.dividedBy(2), bound);
    }
}
