package io.deepsuite.engine.gguf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Typed look-ups in a file's metadata. */
record Metadata(Map<String, Object> values) {

    private static final long CONTROL = 3;
    private static final Pattern LOOKS_LIKE_CONTROL = Pattern.compile("<[|｜].+[|｜]>", Pattern.DOTALL);
    private static final List<String> NAMED_CONTROL_TOKENS = List.of(
            "tokenizer.ggml.bos_token_id",
            "tokenizer.ggml.eos_token_id",
            "tokenizer.ggml.eot_token_id",
            "tokenizer.ggml.eom_token_id",
            "tokenizer.ggml.padding_token_id",
            "tokenizer.ggml.seperator_token_id");

    GgufHead head(int version, List<GgufHead.Tensor> tensors) {
        String architecture = text("general.architecture")
                .orElseThrow(() -> new GgufException("model file has no general.architecture; it is damaged"));
        return new GgufHead(
                version,
                architecture,
                number(architecture + ".context_length"),
                text("tokenizer.chat_template").isPresent(),
                addsBeginToken(),
                number("tokenizer.ggml.bos_token_id"),
                controlTokens(),
                tensors);
    }

    /** Converters write the flag; without it, SentencePiece vocabularies begin with the token and byte-pair ones do not. */
    private boolean addsBeginToken() {
        return values.get("tokenizer.ggml.add_bos_token") instanceof Boolean flag
                ? flag
                : text("tokenizer.ggml.model").filter("llama"::equals).isPresent();
    }

    /** Tokens of the type CONTROL, tokens that name themselves so, and the ones that look so: some converters mark role tokens as plain ones. */
    private List<String> controlTokens() {
        List<?> tokens = list("tokenizer.ggml.tokens");
        List<?> types = list("tokenizer.ggml.token_type");
        List<String> found = new ArrayList<>();
        for (int id = 0; id < tokens.size(); id++) {
            String token = String.valueOf(tokens.get(id));
            boolean control = id < types.size() && types.get(id).equals(CONTROL);
            if (!token.isEmpty()
                    && (control
                            || isNamed(id)
                            || LOOKS_LIKE_CONTROL.matcher(token).matches())) {
                found.add(token);
            }
        }
        return found;
    }

    private boolean isNamed(int id) {
        return NAMED_CONTROL_TOKENS.stream().anyMatch(key -> number(key).orElse(-1) == id);
    }

    private Optional<String> text(String key) {
        return values.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private OptionalInt number(String key) {
        return values.get(key) instanceof Long number ? OptionalInt.of(Math.toIntExact(number)) : OptionalInt.empty();
    }

    private List<?> list(String key) {
        return values.get(key) instanceof List<?> list ? list : List.of();
    }
}
