package io.deepsuite.servicekit.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts the characters that are read, so that the proof does not depend on the machine. */
class LinearWorkTest {

    private static final int LENGTH = 1 << 20;
    private static final int READS_PER_CHARACTER = 40;

    private final PersonalDataScanner scanner =
            new PersonalDataScanner(InstantSource.fixed(Instant.parse("2026-11-22T10:00:00Z")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "@",
                "a",
                "a@",
                "a.@",
                ".",
                "a.",
                "a@a.",
                "x@aa.aa-",
                "@xn--",
                "1 ",
                "86 ",
                "13 ",
                "1234 ",
                "1234-",
                "4111 ",
                "6200 ",
                "a13812345678",
                "g13812345678",
                "a13812345678@",
                "138 1234 5678 ",
                "13812345678.",
                "13812345678@a.cc",
                "110105 19491231 002X",
                "4111111111111111 ",
                "-",
                "TEL-",
                "TEL-1001",
                "１",
                "＠",
                "中",
            })
    void readsABoundedNumberOfCharactersPerCharacter(String unit) {
        var text = new CountingText(unit.repeat(LENGTH / unit.length()));

        scanner.find(text);
        PlaceholderGrammar.find(text);

        assertThat(text.reads).isLessThan((long) READS_PER_CHARACTER * LENGTH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "1", "a.", "1234 ", ".", "-"})
    void readsALongRunBeforeAnAtSignOnce(String unit) {
        var text = new CountingText(unit.repeat(LENGTH / unit.length()) + "@a.com" + "@".repeat(1000));

        scanner.find(text);

        assertThat(text.reads).isLessThan((long) READS_PER_CHARACTER * LENGTH);
    }

    /** Text that counts how often its characters are read. */
    private static final class CountingText implements CharSequence {
        private final String text;
        private long reads;

        CountingText(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            reads++;
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            reads += end - start;
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            reads += text.length();
            return text;
        }
    }
}
