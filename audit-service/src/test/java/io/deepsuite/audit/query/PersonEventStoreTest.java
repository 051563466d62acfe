package io.deepsuite.audit.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.audit.subject.SubjectKeyId;
import io.deepsuite.audit.subject.SubjectKeyWindow;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonEventStoreTest {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final int HOURS = 2000;

    private final MemoryRanges ranges = new MemoryRanges();
    private final List<SubjectKeyId> keys = new ArrayList<>();
    private long keysAsked;

    private final PersonEventStore store = new PersonEventStore(this::keysOf, this::lateKeysOf, ranges);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void pagesHoldWhatBelongsOnThem(long seed) {
        var random = new Random(seed);
        int made = 1 + random.nextInt(700);
        for (int key = 0; key < made; key++) {
            // used for up to a day, and an operation may have begun long before it was sealed
            key(random.nextInt(HOURS * 60), random.nextInt(4), minute -> random.nextInt(1500) - 60);
        }
        for (int key = 0; key < 20; key++) {
            // an event of its time, and one whose service came back days later
            key(random.nextInt(HOURS * 60), 2, event -> event == 0 ? 30 : random.nextInt(20 * 24 * 60));
        }

        for (int page = 0; page < 20; page++) {
            var after = random.nextInt(4) == 0
                    ? Optional.<PageToken>empty()
                    : Optional.of(new PageToken(
                            BEGIN.plus(Duration.ofMinutes(random.nextInt(HOURS * 60))),
                            new UUID(0, random.nextInt(1000))));
            var filter = random.nextBoolean()
                    ? Requests.filter("acme", Map.of())
                    : Requests.between("2026-01-20T00:00:00Z", "2026-02-10T12:00:00Z");
            var request = new AuditEventRequest(filter, 1 + random.nextInt(60), after);

            assertThat(store.list(request, "mei").await().indefinitely()).isEqualTo(ranges.page(request));
        }
    }

    @Test
    void asksFewOfTenThousandKeysHoweverFarBehindThePageLies() {
        for (int key = 0; key < 10_000; key++) {
            key(60 * key, 2, event -> event);
        }
        var after = new PageToken(BEGIN.plus(Duration.ofDays(125)), new UUID(0, 0));
        var request = new AuditEventRequest(Requests.filter("acme", Map.of()), 100, Optional.of(after));

        assertThat(store.list(request, "mei").await().indefinitely()).isEqualTo(ranges.page(request));
        assertThat(keysAsked).isLessThan(500);
    }

    private void key(int minute, int events, IntUnaryOperator offset) {
        var key = new SubjectKeyId(new UUID(1, keys.size()), BEGIN.plus(Duration.ofMinutes(minute)));
        keys.add(key);
        for (int event = 0; event < events; event++) {
            ranges.add(key.id(), key.created().plus(Duration.ofMinutes(offset.applyAsInt(event))));
        }
    }

    /** All keys that have an event long after they were made. */
    private Uni<List<UUID>> lateKeysOf(String tenant, String actor, Instant from, Instant to) {
        return Uni.createFrom()
                .item(keys.stream()
                        .filter(key -> ranges.times(key.id()).stream()
                                .anyMatch(time -> time.isAfter(key.created().plus(Duration.ofHours(25)))
                                        && !time.isBefore(from)
                                        && !time.isAfter(to)))
                        .map(SubjectKeyId::id)
                        .toList());
    }

    private Uni<List<SubjectKeyId>> keysOf(String tenant, String actor, SubjectKeyWindow window) {
        var found = keys.stream()
                .filter(key ->
                        !key.created().isBefore(window.from()) && !key.created().isAfter(window.to()))
                .sorted(Comparator.comparing(SubjectKeyId::created).reversed().thenComparing(SubjectKeyId::id))
                .skip(window.skip())
                .limit(window.most())
                .toList();
        keysAsked += found.size();
        return Uni.createFrom().item(found);
    }
}
