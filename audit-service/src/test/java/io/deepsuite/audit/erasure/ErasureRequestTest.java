package io.deepsuite.audit.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ErasureRequestTest {

    @Test
    void readsWhomToEraseAndWhy() {
        assertThat(ErasureRequest.read("{\"actorId\":\"6d1f\",\"case\":\"GDPR-2026/17\"}"))
                .isEqualTo(new ErasureRequest("6d1f", "GDPR-2026/17"));
    }

    static Stream<Arguments> faulty() {
        return Stream.of(
                Arguments.of("", ErrorReason.BODY_MALFORMED, "body"),
                Arguments.of("[]", ErrorReason.BODY_MALFORMED, "body"),
                Arguments.of("{\"actorId\":", ErrorReason.BODY_MALFORMED, "body"),
                Arguments.of(
                        "{\"actorId\":\"mei\",\"case\":\"1\",\"name\":\"mei\"}",
                        ErrorReason.FIELD_UNKNOWN,
                        "actorId, case"),
                Arguments.of(
                        "{\"case\":\"1\"}", ErrorReason.VALUE_INVALID, "actorId: 0 characters (expected: 1 to 1024"),
                Arguments.of(
                        "{\"actorId\":\"%s\",\"case\":\"1\"}".formatted("x".repeat(1025)),
                        ErrorReason.VALUE_INVALID,
                        "actorId: 1025 characters"),
                Arguments.of("{\"actorId\":7,\"case\":\"1\"}", ErrorReason.VALUE_INVALID, "actorId: 0 characters"),
                Arguments.of("{\"actorId\":\"mei\"}", ErrorReason.VALUE_INVALID, "case: 0 characters"),
                Arguments.of(
                        "{\"actorId\":\"mei\",\"case\":\"mei asked\"}",
                        ErrorReason.VALUE_INVALID,
                        "case: 9 characters (expected: 1 to 64 letters"),
                Arguments.of(
                        "{\"actorId\":\"mei\",\"case\":\"%s\"}".formatted("1".repeat(65)),
                        ErrorReason.VALUE_INVALID,
                        "case: 65 characters"));
    }

    @ParameterizedTest
    @MethodSource("faulty")
    void saysWhatIsWrongWithoutNamingThePerson(String body, ErrorReason reason, String detail) {
        assertThatThrownBy(() -> ErasureRequest.read(body))
                .isInstanceOfSatisfying(
                        DeepsuiteException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason))
                .hasMessageContaining(detail)
                .hasMessageNotContaining("mei");
    }

    @Test
    void printsNoPerson() {
        assertThat(new ErasureRequest("6d1f", "17").toString()).isEqualTo("ErasureRequest[reference=17]");
    }
}
