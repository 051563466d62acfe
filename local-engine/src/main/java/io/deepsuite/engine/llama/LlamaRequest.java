package io.deepsuite.engine.llama;

import de.kherud.llama.InferenceParameters;
import io.deepsuite.engine.inference.Sampling;
import io.deepsuite.engine.inference.TokenizedPrompt;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The library's request object, filled from tokens. Its native side takes an array of token ids for a prompt, its setters only text, and text would let
 * control tokens in again; so the field behind the setters is filled.
 */
final class LlamaRequest {

    /** The library's number for "a random seed"; no caller's seed may turn into it. */
    private static final int RANDOM_SEED = -1;

    private static final Field PARAMETERS = parameters();

    private LlamaRequest() {}

    /**
     * A request for one answer.
     *
     * @param maxTokens most tokens of the answer, at least 1
     */
    static InferenceParameters of(TokenizedPrompt prompt, Sampling sampling, int maxTokens) {
        // Never setNProbs: it ends the process. No grammar and no stop strings either: both are the caller's text in
        // native code.
        InferenceParameters request = new InferenceParameters("")
                .setNPredict(maxTokens)
                .setTemperature((float) sampling.temperature())
                .setTopP((float) sampling.topP())
                .setTopK(0)
                .setMinP(0)
                // One caller's prompt must not change the speed of another's answer.
                .setCachePrompt(false)
                .setSeed(
                        sampling.seed().isPresent()
                                ? fold(sampling.seed().getAsLong())
                                : RandomGenerator.getDefault().nextInt(0, Integer.MAX_VALUE));
        put(request, "prompt", prompt.toJson());
        return request;
    }

    /** Folds a seed to the library's 32 bits. */
    static int fold(long seed) {
        int folded = Long.hashCode(seed);
        return folded == RANDOM_SEED ? 0 : folded;
    }

    private static void put(InferenceParameters request, String name, String json) {
        try {
            @SuppressWarnings("unchecked")
            Map<String, String> values = (Map<String, String>) PARAMETERS.get(request);
            values.put(name, json);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Field parameters() {
        try {
            Field field = InferenceParameters.class.getSuperclass().getDeclaredField("parameters");
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("the llama library has changed its request object", e);
        }
    }
}
