package io.deepsuite.servicekit.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholderGrammarTest {

    @Test
    void findsWhatTokensWrite() {
        for (EntityType type : EntityType.values()) {
            for (int number : new int[] {0, 7, 1001, 9999}) {
                var placeholder = new Placeholder(type, number);

                assertThat(PlaceholderGrammar.find("请" + placeholder.token() + "s"))
                        .containsExactly(new Placeholder.Occurrence(placeholder, 1));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TEL-10011",
                "TEL-100",
                "tel-1001",
                "TEL1001",
                "TEL-1O01",
                "ABC-1001",
                "TEL-1001１",
                "EL-1001",
                "-1001",
                ""
            })
    void findsNothingElse(String text) {
        assertThat(PlaceholderGrammar.find(text)).isEmpty();
        assertThat(PlaceholderGrammar.containsAny(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'',0",
        "abc,3",
        "abcT,3",
        "abcTEL-,3",
        "TEL-1001,0",
        "TEL-10011,9",
        "'TEL-1001 ',9",
        "TETE,2",
        "TEL-TEL-10,4",
        "RSD-10x,7",
        "TEX,3",
        "xE,1"
    })
    void findsWhereAnUnfinishedPlaceholderBegins(String text, int start) {
        assertThat(PlaceholderGrammar.openStart(text)).isEqualTo(start);
    }

    @Test
    void rejectsNumbersOfMoreThanFourDigits() {
        assertThatThrownBy(() -> new Placeholder(EntityType.EMAIL, 10_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("number: 10000 (expected: 0 to 9999)");
    }
}
