package io.deepsuite.audit.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LetterStateTest {

    /** Replays are written as whether ingest has passed each. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ''          | false | OPEN       | true
        false       | false | PENDING    | false
        true        | false | DEAD_AGAIN | true
        true,false  | false | PENDING    | false
        ''          | true  | STORED     | false
        true        | true  | STORED     | false
        """)
    void endFollowsFromReplaysAndStore(String replays, boolean stored, LetterState.End end, boolean due) {
        var letter = KeptLetter.of(Letters.record(0, 17, "STORE_REFUSED"));

        var state = LetterState.of(letter, replays(letter, replays), stored);

        assertThat(state.end()).isEqualTo(end);
        assertThat(state.isDue()).isEqualTo(due);
    }

    private static List<LetterState.Replay> replays(KeptLetter letter, String passed) {
        return Arrays.stream(passed.split(","))
                .filter(text -> !text.isEmpty())
                .map(text -> new LetterState.Replay(
                        new SentLetter(letter.place(), new UUID(1, 2), "deepsuite.audit.v1", 2, 800),
                        Instant.EPOCH,
                        Boolean.parseBoolean(text)))
                .toList();
    }
}
