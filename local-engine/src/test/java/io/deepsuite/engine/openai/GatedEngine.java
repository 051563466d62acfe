package io.deepsuite.engine.openai;

import io.deepsuite.engine.inference.Generated;
import io.deepsuite.engine.inference.InferenceEngine;
import io.deepsuite.engine.inference.Prompt;
import io.deepsuite.engine.inference.Sampling;
import io.deepsuite.engine.inference.TokenizedPrompt;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;

/** Says "tick" for ever to the prompt {@code tick}, fails at the prompt {@code fail}, and says "ok" to all others. */
@Alternative
@Singleton
class GatedEngine implements InferenceEngine {

    private final AtomicInteger running = new AtomicInteger();
    private volatile String last = "";

    /** Prompts that are being answered. */
    int running() {
        return running.get();
    }

    @Override
    public TokenizedPrompt tokenize(Prompt prompt) {
        last = switch (prompt) {
            case Prompt.Plain(String text) -> text;
            case Prompt.Chat chat -> chat.messages().getLast().content();
        };
        if (last.equals("fail")) {
            throw new IllegalStateException("secret prompt");
        }
        return new TokenizedPrompt(new int[] {last.equals("tick") ? 1 : 2});
    }

    @Override
    public Generated generate(TokenizedPrompt prompt, Sampling sampling, PieceSink sink) {
        running.incrementAndGet();
        try {
            if (prompt.toJson().equals("[2]")) {
                sink.accept("ok");
                return new Generated(Generated.Ending.END_OF_TEXT, 2);
            }
            sink.accept("tick");
            while (sink.accept("")) {
                Thread.onSpinWait();
            }
            return new Generated(Generated.Ending.SINK, 1);
        } finally {
            running.decrementAndGet();
        }
    }
}
