package io.deepsuite.engine.llama;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.engine.inference.Sampling;
import io.deepsuite.engine.inference.TokenizedPrompt;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LlamaRequestTest {

    private final TokenizedPrompt prompt = new TokenizedPrompt(new int[] {0, 3, 77, 4});

    @Test
    void givesTheLibraryTokensAndNeverWhatEndsTheProcess() {
        String request =
                LlamaRequest.of(prompt, sampling(OptionalLong.of(7)), 20).toString();

        assertThat(request)
                .contains("\"prompt\": [0, 3, 77, 4]")
                .contains("\"n_predict\": 20")
                .contains("\"seed\": 7");
        assertThat(request).doesNotContain("n_probs").doesNotContain("grammar").doesNotContain("\"stop\"");
    }

    @Test
    void foldsSeedsWithoutReachingTheRandomOne() {
        assertThat(LlamaRequest.fold(-1)).isNotEqualTo(-1);
        assertThat(LlamaRequest.fold(0xffff_ffffL)).isNotEqualTo(-1);
        assertThat(LlamaRequest.fold(42)).isEqualTo(42);
    }

    private static Sampling sampling(OptionalLong seed) {
        return new Sampling(OptionalInt.empty(), 0, 1, seed);
    }
}
