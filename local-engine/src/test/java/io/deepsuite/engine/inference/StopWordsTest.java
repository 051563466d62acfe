package io.deepsuite.engine.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class StopWordsTest {

    @Test
    void letsTextPassWhenThereAreNoWords() {
        var words = new StopWords(List.of());

        assertThat(words.push("any") + words.push(" text") + words.finish()).isEqualTo("any text");
        assertThat(words.found()).isFalse();
    }

    @Test
    void endsBeforeAWordThatIsSplitOverPieces() {
        var words = new StopWords(List.of("</answer>"));

        assertThat(words.push("done</an")).isEqualTo("done");
        assertThat(words.push("swer")).isEmpty();
        assertThat(words.push("> more")).isEmpty();
        assertThat(words.found()).isTrue();
        assertThat(words.push("still more") + words.finish()).isEmpty();
    }

    @Test
    void releasesABeginningThatTurnsOutToBeNoWord() {
        var words = new StopWords(List.of("abc"));

        assertThat(words.push("ab")).isEmpty();
        assertThat(words.push("abd")).isEqualTo("ababd");
        assertThat(words.push("ab")).isEmpty();
        assertThat(words.finish()).isEqualTo("ab");
    }

    @Test
    void endsAtTheEarliestOfSeveralWords() {
        var words = new StopWords(List.of("late", "early"));

        assertThat(words.push("xx early late")).isEqualTo("xx ");
        assertThat(words.found()).isTrue();
    }

    @Test
    void keepsCharactersOutsideTheBasicPlaneWhole() {
        var words = new StopWords(List.of("😀!"));

        assertThat(words.push("笑😀")).isEqualTo("笑");
        assertThat(words.push("?")).isEqualTo("😀?");
    }

    @Test
    void refusesAnEmptyWord() {
        assertThatThrownBy(() -> new StopWords(List.of(""))).isInstanceOf(IllegalArgumentException.class);
    }
}
