package io.deepsuite.devstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLettersRequestTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        list                               | false | ''
        list --reason UNPARSABLE           | false | reason=UNPARSABLE
        replay --reason STORE_REFUSED      | true  | reason=STORE_REFUSED
        replay --from 0-1 --to 0-9         | true  | from=0-1&to=0-9
        replay --only 0-17                 | true  | from=0-17&to=0-17
        """)
    void readsWhatItTakes(String arguments, boolean replay, String query) {
        var request = DeadLettersRequest.read(List.of(arguments.split(" "))).orElseThrow();

        assertThat(request.replay()).isEqualTo(replay);
        assertThat(request.query("")).isEqualTo(query);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "show", "list --reason", "list --color red", "replay", "replay --from 0-1"})
    void refusesTheRest(String arguments) {
        assertThat(DeadLettersRequest.read(List.of(arguments.split(" ")))).isEmpty();
    }

    @Test
    void nextPageBeginsWhereTheLastOneEnded() {
        var request = DeadLettersRequest.read(List.of("replay", "--from", "0-1", "--to", "0-9"))
                .orElseThrow();

        assertThat(request.query("0-4")).isEqualTo("from=0-4&to=0-9");
    }
}
