package io.deepsuite.servicekit.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class UuidV7Test {

    private static final long NOW = 0x017F22E279B0L;

    private final UuidV7 uuids = new UuidV7(new SecureRandom());

    @Test
    void carriesTheTimeVersionAndVariant() {
        // RFC 9562, appendix A.6: 2022-02-22T19:22:22Z is 0x017F22E279B0
        var uuid = uuids.next(NOW);

        assertThat(uuid.toString()).startsWith("017f22e2-79b0-7");
        assertThat(uuid.version()).isEqualTo(7);
        assertThat(uuid.variant()).isEqualTo(2);
    }

    @Test
    void risesWithinOneMillisecond() {
        assertRising(IntStream.range(0, 100_000).mapToObj(_ -> uuids.next(NOW)).toList());
    }

    @Test
    void risesWhileTheClockStepsBack() {
        var made = LongStream.of(NOW, NOW - 1, NOW - 3_600_000, 0, NOW - 2, NOW, NOW + 1)
                .mapToObj(uuids::next)
                .toList();

        assertRising(made);
        assertThat(made.subList(0, 6))
                .allSatisfy(uuid -> assertThat(uuid.toString()).startsWith("017f22e2-79b"));
        assertThat(made.getLast().toString()).startsWith("017f22e2-79b1-7");
    }

    @Test
    void goesOnInTheNextMillisecondWhenOneIsUsedUp() {
        var nothingLeft = new UuidV7(() -> -1L);

        assertThat(List.of(nothingLeft.next(NOW), nothingLeft.next(NOW)))
                .extracting(UUID::toString)
                .containsExactly("017f22e2-79b0-7fff-bfff-ffffffffffff", "017f22e2-79b1-7fff-bfff-ffffffffffff");
    }

    @Test
    void risesForThreadsThatShareIt() throws Exception {
        var clock = InstantSource.fixed(Instant.EPOCH);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<List<UUID>> maker = () ->
                    IntStream.range(0, 1_000).mapToObj(_ -> UuidV7.next(clock)).toList();
            List<UUID> all = new ArrayList<>();
            for (var one : threads.invokeAll(List.of(maker, maker, maker, maker))) {
                assertRising(one.get());
                all.addAll(one.get());
            }
            assertThat(all).doesNotHaveDuplicates();
        }
    }

    private static void assertRising(List<UUID> uuids) {
        assertThat(uuids).isSorted().doesNotHaveDuplicates();
        assertThat(uuids.stream().map(UUID::toString).toList()).isSorted();
        assertThat(uuids).allSatisfy(uuid -> {
            assertThat(uuid.version()).isEqualTo(7);
            assertThat(uuid.variant()).isEqualTo(2);
        });
    }
}
