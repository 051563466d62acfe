package io.deepsuite.audit.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QueryParametersTest {

    @Test
    void takeWhatIsKnown() {
        assertThatCode(() -> QueryParameters.refuseUnknown(Map.of("from", List.of("1")), Set.of("from", "to")))
                .doesNotThrowAnyException();
        assertThatCode(() -> QueryParameters.refuseUnknown(Map.of(), Set.of())).doesNotThrowAnyException();
    }

    @Test
    void nameWhatIsNotKnownAndWhatIs() {
        assertThatThrownBy(() -> QueryParameters.refuseUnknown(Map.of("form", List.of("1")), Set.of("to", "from")))
                .isInstanceOfSatisfying(DeepsuiteException.class, failure -> {
                    assertThat(failure.reason()).isEqualTo(ErrorReason.VALUE_INVALID);
                    assertThat(failure.detail()).isEqualTo("parameter: \"form\" (expected: one of from, to)");
                    assertThat(failure.metadata()).containsEntry("parameter", "\"form\"");
                });
    }

    @Test
    void areNoneForACallThatTakesNone() {
        assertThatThrownBy(() -> QueryParameters.refuseUnknown(Map.of("limit", List.of("1")), Set.of()))
                .hasMessage("parameter: \"limit\" (expected: none)");
    }

    @Test
    void areRepeatedShortAndVisible() {
        assertThat(QueryParameters.shown("a\nb")).isEqualTo("\"a?b\"");
        assertThat(QueryParameters.shown("x".repeat(100))).hasSize(66);
    }
}
