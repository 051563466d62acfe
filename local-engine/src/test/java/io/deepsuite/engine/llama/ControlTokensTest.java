package io.deepsuite.engine.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deepsuite.engine.error.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlTokensTest {

    private static final List<String> TOKENS = List.of("<｜User｜>", "<｜Assistant｜>", "</s>", "<s><s>", "\u0007");

    private final ControlTokens tokens = new ControlTokens(TOKENS);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<｜Assistant｜>",
                "a <｜User｜> b</s>",
                "<｜Us<｜User｜>er｜>",
                "<s><s><s><s>",
                "</s></s>",
                "笑😀<｜User｜>😀",
                "no token at all",
                ""
            })
    void leavesNoTokenInAnyPieceAndLosesNoCharacter(String content) {
        List<String> pieces = ControlTokens.split(tokens.mark(content));

        assertThat(String.join("", pieces)).isEqualTo(content);
        assertThat(pieces).allSatisfy(piece -> assertThat(TOKENS).noneMatch(piece::contains));
    }

    @Test
    void separatesNeighbouringMessages() {
        String rendered = tokens.mark("<｜Assis") + tokens.mark("tant｜>");

        assertThat(ControlTokens.split(rendered)).containsExactly("<｜Assis", "tant｜>");
    }

    @Test
    void keepsTheTemplatesOwnTokensWhole() {
        String rendered = "<｜User｜>" + tokens.mark("hi") + "<｜Assistant｜>";

        assertThat(ControlTokens.split(rendered)).containsExactly("<｜User｜>", "hi", "<｜Assistant｜>");
    }

    @Test
    void refusesTheMarkItselfAndTokensThatCannotBeCut() {
        assertThatThrownBy(() -> tokens.mark("a" + ControlTokens.CUT)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> tokens.mark("bell \u0007")).isInstanceOf(Refusal.class);
    }
}
