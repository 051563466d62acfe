package io.deepsuite.engine.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GgufReaderTest {

    @TempDir
    Path directory;

    @Test
    void readsTheDemoModel() {
        GgufHead head = GgufReader.read(Path.of("models/tiny-translate-1.0.0-q8_0.gguf"));

        assertThat(head.architecture()).isEqualTo("deepseek2");
        assertThat(head.contextLength()).hasValue(512);
        assertThat(head.hasChatTemplate()).isTrue();
        assertThat(head.addsBeginToken()).isTrue();
        assertThat(head.beginToken()).hasValue(0);
        assertThat(head.controlTokens())
                .containsExactly(
                        "<｜begin▁of▁sentence｜>", "<｜end▁of▁sentence｜>", "<｜▁pad▁｜>", "<｜User｜>", "<｜Assistant｜>");
        assertThat(head.tensors()).hasSize(83);
        assertThat(head.tensorEndingWith(".attn_kv_b.weight")).isPresent();
    }

    @Test
    void findsControlTokensByTypeByIdAndByLook() throws IOException {
        byte[] file = new GgufBytes()
                .text("general.architecture", "llama")
                .text("tokenizer.ggml.model", "llama")
                .texts("tokenizer.ggml.tokens", List.of("a", "</s>", "[INST]", "<|im_start|>", "<b>", "<｜User｜>", ""))
                .numbers("tokenizer.ggml.token_type", List.of(1, 1, 3, 1, 1, 4, 3))
                .number("tokenizer.ggml.eos_token_id", 1)
                .bytes(3);

        GgufHead head = GgufReader.read(file(file));

        assertThat(head.controlTokens()).containsExactly("</s>", "[INST]", "<|im_start|>", "<｜User｜>");
        assertThat(head.addsBeginToken()).isTrue();
        assertThat(head.hasChatTemplate()).isFalse();
    }

    @Test
    void saysThatTheFileIsAbsent() {
        assertThatThrownBy(() -> GgufReader.read(directory.resolve("absent.gguf")))
                .isInstanceOf(GgufException.class)
                .hasMessageContaining("expected: an existing GGUF file");
    }

    @Test
    void saysThatTheFileIsNoGguf() throws IOException {
        Path file = file("#!/bin/sh\nexit 0\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));

        assertThatThrownBy(() -> GgufReader.read(file)).hasMessageContaining("expected: a GGUF file");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 99})
    void refusesOtherVersionsOfTheContainer(int version) throws IOException {
        Path file = file(new GgufBytes().text("general.architecture", "llama").bytes(version));

        assertThatThrownBy(() -> GgufReader.read(file))
                .isInstanceOf(GgufException.class)
                .hasMessageContaining("GGUF version: " + version + " (expected: 2 or 3)");
    }

    @Test
    void refusesEveryTruncationWithAMessage() throws IOException {
        byte[] whole = new GgufBytes()
                .text("general.architecture", "llama")
                .texts("tokenizer.ggml.tokens", List.of("a", "b"))
                .tensor("output.weight", 8)
                .bytes(3);

        for (int length = 0; length < whole.length; length++) {
            Path file = file(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> GgufReader.read(file))
                    .as("cut to %d bytes", length)
                    .isInstanceOf(GgufException.class);
        }
    }

    @Test
    void refusesLengthsThatNoFileHas() throws IOException {
        byte[] file = new GgufBytes().text("general.architecture", "llama").bytes(3);
        file[30] = (byte) 0x7f;
        Path damaged = file(file);

        assertThatThrownBy(() -> GgufReader.read(damaged)).isInstanceOf(GgufException.class);
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(directory.resolve("model.gguf"), content);
    }
}
