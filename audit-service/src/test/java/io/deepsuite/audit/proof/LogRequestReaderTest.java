package io.deepsuite.audit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deepsuite.servicekit.error.DeepsuiteException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogRequestReaderTest {

    @Test
    void readsWhatIsGiven() {
        var reader = new LogRequestReader(Map.of("from", List.of("12")), Set.of("from", "limit"));

        assertThat(reader.number("from", 0, 20)).hasValue(12);
        assertThat(reader.number("limit", 1, 1000)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "21", "1e3", "٣", "9999999999999999999", " 5"})
    void refusesWhatIsNoNumberInRange(String text) {
        var reader = new LogRequestReader(Map.of("from", List.of(text)), Set.of("from"));

        assertThatThrownBy(() -> reader.number("from", 0, 20))
                .isInstanceOf(DeepsuiteException.class)
                .hasMessageContaining("(expected: 0 to 20)");
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> new LogRequestReader(Map.of("form", List.of("1")), Set.of("from", "limit")))
                .hasMessage("parameter: \"form\" (expected: one of from, limit)");
        assertThatThrownBy(() -> LogRequestReader.log("first")).hasMessageContaining("log: \"first\"");
    }
}
