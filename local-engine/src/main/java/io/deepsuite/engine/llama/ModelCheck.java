package io.deepsuite.engine.llama;

import io.deepsuite.engine.gguf.GgufException;
import io.deepsuite.engine.gguf.GgufHead;
import java.util.Set;

/** Refuses model files that this build of llama.cpp cannot serve, with a sentence that says what to do, before native code fails on them. */
final class ModelCheck {

    /** Build of llama.cpp that the library carries. */
    private static final String BUILD = "llama.cpp b4916";

    private static final String ADVICE = "serve this file with a remote engine";

    /** Encodings of weights are numbered below this in that build. */
    private static final int TENSOR_TYPES = 39;

    /** Architectures of that build that continue text. */
    private static final Set<String> ARCHITECTURES = Set.of(
            "llama",
            "deci",
            "falcon",
            "grok",
            "gpt2",
            "gptj",
            "gptneox",
            "mpt",
            "baichuan",
            "starcoder",
            "starcoder2",
            "refact",
            "bloom",
            "stablelm",
            "qwen",
            "qwen2",
            "qwen2moe",
            "qwen2vl",
            "phi2",
            "phi3",
            "phimoe",
            "plamo",
            "codeshell",
            "orion",
            "internlm2",
            "minicpm",
            "minicpm3",
            "gemma",
            "gemma2",
            "gemma3",
            "mamba",
            "xverse",
            "command-r",
            "cohere2",
            "dbrx",
            "olmo",
            "olmo2",
            "olmoe",
            "openelm",
            "arctic",
            "deepseek",
            "deepseek2",
            "chatglm",
            "bitnet",
            "jais",
            "nemotron",
            "exaone",
            "rwkv6",
            "rwkv6qwen2",
            "rwkv7",
            "arwkv7",
            "granite",
            "granitemoe",
            "chameleon");

    private ModelCheck() {}

    /**
     * Checks a file's head.
     *
     * @param contextPerSlot tokens that each slot shall hold
     * @throws GgufException if the model cannot be served, saying why
     */
    static void check(GgufHead head, int contextPerSlot) {
        if (!ARCHITECTURES.contains(head.architecture())) {
            throw new GgufException("model architecture: %s (expected: one that %s knows); %s"
                    .formatted(head.architecture(), BUILD, ADVICE));
        }
        head.tensorEndingWith(".attn_k_b.weight").ifPresent(tensor -> {
            throw new GgufException("model layout: tensor %s, as written since spring 2025 (expected: attn_kv_b, "
                            .formatted(tensor.name())
                    + "the layout that %s reads); %s".formatted(BUILD, ADVICE));
        });
        for (GgufHead.Tensor tensor : head.tensors()) {
            if (tensor.type() < 0 || tensor.type() >= TENSOR_TYPES) {
                throw new GgufException("encoding of tensor %s: %d (expected: below %d, known to %s); %s"
                        .formatted(tensor.name(), tensor.type(), TENSOR_TYPES, BUILD, ADVICE));
            }
        }
        head.contextLength().ifPresent(trained -> {
            if (contextPerSlot > trained) {
                throw new GgufException("deepsuite.engine.context-per-slot: %d (expected: at most %d, the model's own)"
                        .formatted(contextPerSlot, trained));
            }
        });
    }
}
