package io.deepsuite.engine.gguf;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the head of a GGUF file says about its model.
 *
 * @param version layout of the container, 1 to 3
 * @param architecture {@code general.architecture}, such as {@code deepseek2}
 * @param contextLength tokens the model was trained for
 * @param hasChatTemplate whether the file carries its own template
 * @param addsBeginToken whether every prompt starts with the begin-of-text token
 * @param beginToken id of that token
 * @param controlTokens texts of the tokens that steer a conversation, such as {@code <|User|>}
 * @param tensors names and types of the tensors, in file order
 */
public record GgufHead(
        int version,
        String architecture,
        OptionalInt contextLength,
        boolean hasChatTemplate,
        boolean addsBeginToken,
        OptionalInt beginToken,
        List<String> controlTokens,
        List<Tensor> tensors) {

    public GgufHead {
        controlTokens = List.copyOf(controlTokens);
        tensors = List.copyOf(tensors);
    }

    /** First tensor whose name ends so. */
    public Optional<Tensor> tensorEndingWith(String suffix) {
        return tensors.stream().filter(tensor -> tensor.name().endsWith(suffix)).findFirst();
    }

    /**
     * One weight matrix.
     *
     * @param name such as {@code blk.0.attn_q_a.weight}
     * @param type number of its encoding (ggml_type)
     */
    public record Tensor(String name, int type) {}
}
