package io.deepsuite.audit.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deepsuite.audit.event.EventFault;
import io.deepsuite.servicekit.error.DeepsuiteException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LetterRequestTest {

    @Test
    void listWithoutParametersWantsTheFirstHundredOfAll() {
        var request = LetterRequest.list(Map.of());

        assertThat(request.reason()).isEmpty();
        assertThat(request.from()).isEqualTo(new LetterPlace(0, 0));
        assertThat(request.limit()).isEqualTo(100);
        assertThat(request.wants(KeptLetter.of(Letters.record(0, 3, "UNPARSABLE"))))
                .isTrue();
    }

    @Test
    void readsEveryParameter() {
        var request = LetterRequest.replay(parameters("reason=STORE_REFUSED&from=0-17&to=1-3&limit=5"));

        assertThat(request.reason()).contains(EventFault.STORE_REFUSED);
        assertThat(request.from()).isEqualTo(new LetterPlace(0, 17));
        assertThat(request.to()).isEqualTo(new LetterPlace(1, 3));
        assertThat(request.limit()).isEqualTo(5);
        assertThat(request.wants(KeptLetter.of(Letters.record(0, 18, "UNPARSABLE"))))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        reason=NOPE              | reason: "NOPE" (expected: VALUE_MISSING,
        from=17                  | from: "17" (expected: partition-offset, such as 0-17)
        from=0--1                | from: "0--1" (expected: partition-offset
        from=0-17&to=0-16        | to: "0-16" (expected: not before from, 0-17)
        limit=0                  | limit: "0" (expected: 1 to 500)
        limit=501                | limit: "501" (expected: 1 to 500)
        limit=99999999999999     | limit: "99999999999999" (expected: 1 to 500)
        color=red                | parameter: "color" (expected: one of from, limit, reason, to)
        from=0-1&from=0-2        | from: "2 values" (expected: one value)
        """)
    void refusesWhatItDoesNotKnowAndSaysWhatItExpects(String query, String message) {
        assertThatThrownBy(() -> LetterRequest.list(parameters(query)))
                .isInstanceOf(DeepsuiteException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"limit=5", "from=0-17", "to=0-17"})
    void nothingIsSentAgainWithoutBeingTold(String query) {
        assertThatThrownBy(() -> LetterRequest.replay(parameters(query)))
                .hasMessageContaining("reason: \"none\" (expected: a reason, or from and to)");
    }

    @Test
    void replaySendsAHundredAtMost() {
        assertThatThrownBy(() -> LetterRequest.replay(parameters("reason=UNPARSABLE&limit=101")))
                .hasMessageContaining("limit: \"101\" (expected: 1 to 100)");
    }

    private static Map<String, List<String>> parameters(String query) {
        return Arrays.stream(query.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.groupingBy(
                        pair -> pair[0], Collectors.mapping(pair -> pair[1], Collectors.toList())));
    }
}
