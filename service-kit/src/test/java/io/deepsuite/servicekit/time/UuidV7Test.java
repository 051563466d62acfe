package io.deepsuite.servicekit.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UuidV7Test {

    @Test
    void carriesTheTimeVersionAndVariant() {
        // RFC 9562, appendix A.6: 2022-02-22T19:22:22Z is 0x017F22E279B0
        var uuid = UuidV7.next(InstantSource.fixed(Instant.ofEpochMilli(0x017F22E279B0L)));

        assertThat(uuid.toString()).startsWith("017f22e2-79b0-7");
        assertThat(uuid.version()).isEqualTo(7);
        assertThat(uuid.variant()).isEqualTo(2);
    }

    @Test
    void doesNotRepeatWithinOneMillisecond() {
        var clock = InstantSource.fixed(Instant.EPOCH);

        assertThat(IntStream.range(0, 1_000).mapToObj(_ -> UuidV7.next(clock))).doesNotHaveDuplicates();
    }
}
