package io.deepsuite.engine.openai;

import io.deepsuite.engine.inference.Prompt;
import io.deepsuite.engine.inference.Sampling;
import java.util.List;

/**
 * What a caller asks for.
 *
 * @param model name asked for
 * @param prompt conversation or text
 * @param sampling how to choose tokens
 * @param stop words that end the answer, at most 4, none empty
 * @param stream whether the answer comes as an event stream
 * @param includeUsage whether an event stream ends with the token counts
 */
record CompletionRequest(
        String model, Prompt prompt, Sampling sampling, List<String> stop, boolean stream, boolean includeUsage) {

    CompletionRequest {
        stop = List.copyOf(stop);
    }
}
