package io.deepsuite.audit.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReplayClientTest {

    private static final UUID REPLAY = UUID.fromString("01a202e4-4df3-7bb0-a377-3417bfc9945a");

    @Test
    void headersAreTheOriginalOnesAndTheReplay() {
        var letter = KeptLetter.of(Letters.record(0, 17, "STORE_REFUSED"));

        assertThat(texts(letter))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "ce_id", "abc",
                        "dead-letter-replay", REPLAY.toString(),
                        "dead-letter-replay-of", "0-17"));
    }

    @Test
    void secondReplayNamesItselfAlone() {
        var record = Letters.record(0, 18, "STORE_REFUSED");
        record.headers().add("dead-letter-replay", Letters.bytes("another"));
        record.headers().add("dead-letter-replay-of", Letters.bytes("0-17"));
        var letter = KeptLetter.of(record);

        assertThat(letter.replayOf()).isEqualTo("0-17");
        assertThat(texts(letter))
                .containsEntry("dead-letter-replay", REPLAY.toString())
                .containsEntry("dead-letter-replay-of", "0-18")
                .hasSize(3);
    }

    private static Map<String, String> texts(KeptLetter letter) {
        return Arrays.stream(ReplayClient.headers(REPLAY, letter).toArray())
                .collect(Collectors.toMap(
                        header -> header.key(), header -> new String(header.value(), StandardCharsets.UTF_8)));
    }
}
