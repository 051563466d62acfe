package io.deepsuite.servicekit.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholderBufferTest {

    private static final List<String> FRAGMENTS = List.of(
            "TEL-1001",
            "TEL-1001",
            "EML-1002",
            "RSD-1003",
            "CRD-1004",
            "T",
            "TE",
            "TEL",
            "TEL-",
            "EML-1",
            "RSD-10",
            "CRD-100",
            "1",
            "2",
            "-",
            "E",
            "C",
            "R",
            "tel-1001",
            "你好",
            "😀",
            " ",
            "ok",
            "HO",
            "TELEML-1002",
            "１");

    @Test
    void releasesTextAtOnceUnlessItCanBeAPlaceholder() {
        var buffer = new PlaceholderBuffer();

        assertThat(buffer.add("号码是")).isEqualTo("号码是");
        assertThat(buffer.add("T")).isEmpty();
        assertThat(buffer.add("EL-1")).isEmpty();
        assertThat(buffer.add("001 ok")).isEqualTo("TEL-1001 ok");
        assertThat(buffer.finish()).isEmpty();
    }

    @Test
    void waitsForTheCharacterAfterTheFourthDigit() {
        var buffer = new PlaceholderBuffer();

        assertThat(buffer.add("TEL-1001")).isEmpty();
        assertThat(buffer.add("1")).isEqualTo("TEL-10011");
        assertThat(buffer.add("TEL-1002")).isEmpty();
        assertThat(buffer.add("T")).isEqualTo("TEL-1002");
        assertThat(buffer.finish()).isEqualTo("T");
    }

    @Test
    void keepsSurrogatePairsWhole() {
        var buffer = new PlaceholderBuffer();

        assertThat(buffer.add("a\uD83D")).isEqualTo("a");
        assertThat(buffer.add("\uDE00")).isEqualTo("😀");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"TEL-1001 ok", "TEL-10011 x", "TETEL-1001。", "aTEL-1001TEL-1", "EML-1002-😀T", "TEL-TEL-1001"})
    void givesTheSameForEverySplit(String text) {
        int cuts = text.length() - 1;
        for (int split = 0; split < 1 << cuts; split++) {
            var buffer = new PlaceholderBuffer();
            var restored = new StringBuilder();
            int from = 0;
            for (int cut = 0; cut < cuts; cut++) {
                if (((split >> cut) & 1) == 1) {
                    restored.append(restore(buffer.add(text.substring(from, cut + 1))));
                    from = cut + 1;
                }
            }
            restored.append(restore(buffer.add(text.substring(from)))).append(restore(buffer.finish()));

            assertThat(restored.toString()).isEqualTo(restore(text));
        }
    }

    @Test
    void givesTheSameForRandomTextsAndSplitsAndHoldsNoMoreThanAPlaceholder() {
        var random = new SplittableRandom(7);
        for (int round = 0; round < 20_000; round++) {
            var text = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                text.append(FRAGMENTS.get(random.nextInt(FRAGMENTS.size())));
            }
            var buffer = new PlaceholderBuffer();
            var restored = new StringBuilder();
            int released = 0;
            for (int from = 0; from < text.length(); ) {
                int to = Math.min(text.length(), from + 1 + random.nextInt(9));
                String piece = buffer.add(text.subSequence(from, to));
                released += piece.length();
                restored.append(restore(piece));
                assertThat(to - released).isLessThanOrEqualTo(PlaceholderGrammar.TOKEN_LENGTH);
                from = to;
            }
            restored.append(restore(buffer.finish()));

            assertThat(restored.toString()).isEqualTo(restore(text));
        }
    }

    /** Replaces each placeholder by its number in brackets. */
    private static String restore(CharSequence text) {
        var restored = new StringBuilder();
        int copied = 0;
        for (var occurrence : PlaceholderGrammar.find(text)) {
            restored.append(text, copied, occurrence.start())
                    .append('<')
                    .append(occurrence.placeholder().token().charAt(7))
                    .append('>');
            copied = occurrence.end();
        }
        return restored.append(text, copied, text.length()).toString();
    }
}
