package io.deepsuite.audit.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KindEventStoreTest {

    private static final Instant BEGIN = Instant.parse("2026-11-22T10:00:00Z");

    /** Before the last events: a clock may be off. */
    private static final InstantSource CLOCK = InstantSource.fixed(BEGIN.plus(Duration.ofDays(50)));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void pagesHoldWhatBelongsOnThem(long seed) {
        var random = new Random(seed);
        var ranges = new MemoryRanges();
        int kinds = 1 + random.nextInt(60);
        for (int event = 0; event < 400; event++) {
            // some kinds are common, some times are shared
            ranges.add(
                    (int) (Math.pow(random.nextDouble(), 3) * kinds),
                    BEGIN.plus(Duration.ofHours(random.nextInt(1500))));
        }
        var all = IntStream.range(0, kinds).boxed().toList();

        for (int page = 0; page < 20; page++) {
            var after =
                    new PageToken(BEGIN.plus(Duration.ofHours(random.nextInt(1600))), new UUID(0, random.nextInt(400)));
            var request = new AuditEventRequest(
                    Requests.filter("acme", Map.of()), 1 + random.nextInt(30), Optional.of(after));

            assertThat(new KindEventStore(ranges, CLOCK)
                            .list(request, all)
                            .await()
                            .indefinitely())
                    .isEqualTo(ranges.page(request));
        }
    }

    @Test
    void readsLittleOfManyKinds() {
        var ranges = new MemoryRanges();
        for (int kind = 0; kind < 100; kind++) {
            for (int event = 0; event < 50; event++) {
                ranges.add(kind, BEGIN.plusSeconds(100L * event + kind));
            }
        }

        var found = new KindEventStore(ranges, CLOCK)
                .list(
                        Requests.of(Requests.filter("acme", Map.of()), 100),
                        IntStream.range(0, 100).boxed().toList())
                .await()
                .indefinitely();

        assertThat(found).hasSize(101);
        assertThat(ranges.rowsRead()).isLessThan(600);
    }

    @Test
    void findsNothingOfNoKind() {
        assertThat(new KindEventStore(new MemoryRanges(), CLOCK)
                        .list(Requests.of(Requests.filter("acme", Map.of()), 10), List.of())
                        .await()
                        .indefinitely())
                .isEmpty();
    }
}
