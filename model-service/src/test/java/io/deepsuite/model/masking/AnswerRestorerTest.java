package io.deepsuite.model.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deepsuite.servicekit.error.DeepsuiteException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerRestorerTest {

    private static final String ANSWER = "Call TEL-1001, not TEL-1002 or TEL-10011; again TEL-1001";

    private final FakeDataPrep dataPrep = new FakeDataPrep();
    private final MaskingService masking = new MaskingService(dataPrep);

    @Test
    void restoresPlaceholdersWhereverTheAnswerIsCut() {
        for (var cut = 1; cut < ANSWER.length(); cut++) {
            // Given
            var restorer = masking.mask(List.of("please call 13812345678")).restorer();

            // When
            var text = restorer.add(ANSWER.substring(0, cut)) + restorer.add(ANSWER.substring(cut)) + restorer.finish();

            // Then
            assertThat(text).startsWith("Call 13812345678, not TEL-1002").endsWith("again 13812345678");
        }
    }

    @Test
    void restoresPlaceholdersThatComeCharacterByCharacter() {
        // Given
        var restorer = masking.mask(List.of("13812345678")).restorer();
        var text = new StringBuilder();

        // When
        "a TEL-1001 b".chars().forEach(character -> text.append(restorer.add(Character.toString(character))));
        text.append(restorer.finish());

        // Then
        assertThat(text).hasToString("a 13812345678 b");
    }

    @Test
    void asksDataPrepOnlyForPiecesWithAPlaceholder() {
        // Given
        var restorer = masking.mask(List.of("13812345678")).restorer();

        // When
        var text = restorer.add("no number here. ") + restorer.add("but here: TEL-1001.") + restorer.finish();

        // Then
        assertThat(text).isEqualTo("no number here. but here: 13812345678.");
        assertThat(dataPrep.unmasked()).hasSize(1);
    }

    @Test
    void passesAnswersThroughAtOnceWhenNothingWasMasked() {
        // Given
        var restorer = masking.mask(List.of("hello")).restorer();

        // When
        var text = restorer.add("TEL");

        // Then
        assertThat(text).isEqualTo("TEL");
        assertThat(restorer.finish()).isEmpty();
    }

    @Test
    void failsClosedWhenDataPrepIsDown() {
        // Given
        dataPrep.goDown();

        // Then
        assertThatThrownBy(() -> masking.mask(List.of("hello"))).isInstanceOf(DeepsuiteException.class);
    }

    @Test
    void maskedTextDoesNotShowItselfInLogs() {
        assertThat(masking.mask(List.of("secret")).toString()).doesNotContain("secret");
    }
}
