package io.deepsuite.engine.llama;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deepsuite.engine.gguf.GgufException;
import io.deepsuite.engine.gguf.GgufHead;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelCheckTest {

    @ParameterizedTest
    @ValueSource(strings = {"deepseek2", "qwen2", "llama"})
    void takesTheArchitecturesInUse(String architecture) {
        var head = head(architecture, new GgufHead.Tensor("blk.0.attn_kv_b.weight", 8));

        assertThatCode(() -> ModelCheck.check(head, 512)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"qwen3", "llama4", "glm4moe", "bert"})
    void refusesArchitecturesTheLibraryDoesNotServe(String architecture) {
        var head = head(architecture);

        assertThatThrownBy(() -> ModelCheck.check(head, 512))
                .isInstanceOf(GgufException.class)
                .hasMessageContaining("model architecture: " + architecture)
                .hasMessageContaining("remote engine");
    }

    @Test
    void refusesTheSplitAttentionLayout() {
        var head = head("deepseek2", new GgufHead.Tensor("blk.0.attn_k_b.weight", 8));

        assertThatThrownBy(() -> ModelCheck.check(head, 512))
                .isInstanceOf(GgufException.class)
                .hasMessageContaining("blk.0.attn_k_b.weight")
                .hasMessageContaining("remote engine");
    }

    @Test
    void refusesNewerEncodingsOfWeights() {
        var head = head("llama", new GgufHead.Tensor("blk.0.ffn_up.weight", 39));

        assertThatThrownBy(() -> ModelCheck.check(head, 512))
                .isInstanceOf(GgufException.class)
                .hasMessageContaining("39 (expected: below 39");
    }

    @Test
    void refusesAContextLongerThanTheModelWasTrainedFor() {
        var head = head("llama");

        assertThatThrownBy(() -> ModelCheck.check(head, 513))
                .hasMessageContaining("context-per-slot: 513 (expected: at most 512");
    }

    private static GgufHead head(String architecture, GgufHead.Tensor... tensors) {
        return new GgufHead(
                3, architecture, OptionalInt.of(512), true, true, OptionalInt.of(0), List.of(), List.of(tensors));
    }
}
