package io.deepsuite.engine.llama;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.kherud.llama.LlamaIterator;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.LlamaOutput;
import de.kherud.llama.ModelParameters;
import io.deepsuite.engine.error.Refusal;
import io.deepsuite.engine.error.RefusalReason;
import io.deepsuite.engine.gguf.GgufException;
import io.deepsuite.engine.gguf.GgufHead;
import io.deepsuite.engine.gguf.GgufReader;
import io.deepsuite.engine.inference.ChatMessage;
import io.deepsuite.engine.inference.EngineConfig;
import io.deepsuite.engine.inference.Generated;
import io.deepsuite.engine.inference.InferenceEngine;
import io.deepsuite.engine.inference.Prompt;
import io.deepsuite.engine.inference.Sampling;
import io.deepsuite.engine.inference.TokenizedPrompt;
import io.deepsuite.engine.inference.UnbrokenRuns;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * Serves a GGUF file through java-llama.cpp. The library leaks a native thread when a model is closed, so a process loads one model once and ends with it.
 */
public final class LlamaEngine implements InferenceEngine {

    private static final AtomicBoolean LOADED = new AtomicBoolean();

    private final LlamaModel model;
    private final GgufHead head;
    private final ControlTokens controlTokens;
    private final int contextPerSlot;
    private final int maxRunLength;

    private LlamaEngine(LlamaModel model, GgufHead head, EngineConfig config) {
        this.model = model;
        this.head = head;
        this.controlTokens = new ControlTokens(head.controlTokens());
        this.contextPerSlot = config.contextPerSlot();
        this.maxRunLength = config.maxRunLength();
    }

    /**
     * Loads the configured model. Call it on a thread with a large stack.
     *
     * @throws GgufException if the file cannot be served
     * @throws IllegalStateException if the machine lacks something, or this process has loaded a model before
     */
    public static LlamaEngine load(EngineConfig config) {
        GgufHead head = GgufReader.read(config.modelPath());
        ModelCheck.check(head, config.contextPerSlot());
        if (!LOADED.compareAndSet(false, true)) {
            throw new IllegalStateException("this process has loaded a model before; one model per process");
        }
        NativeLibrary.load("de.kherud.llama.LlamaModel");
        return new LlamaEngine(open(config), head, config);
    }

    private static LlamaModel open(EngineConfig config) {
        int threads =
                config.threads() == 0 ? Math.max(1, Runtime.getRuntime().availableProcessors() / 2) : config.threads();
        var parameters = new ModelParameters()
                .setModel(config.modelPath().toString())
                // The library divides the context among the slots.
                .setCtxSize(Math.multiplyExact(config.contextPerSlot(), config.slots()))
                .setParallel(config.slots())
                .setThreads(threads)
                .setThreadsBatch(threads)
                .setPoll(0)
                .setLogVerbosity(-1)
                .disableContextShift()
                .enableJinja();
        try {
            return new LlamaModel(parameters);
        } catch (RuntimeException e) {
            throw new GgufException("llama.cpp cannot load %s: %s; if the file is whole, serve it with a remote engine"
                    .formatted(config.modelPath(), e.getMessage()));
        }
    }

    @Override
    public TokenizedPrompt tokenize(Prompt prompt) {
        List<String> pieces = switch (prompt) {
            case Prompt.Plain(String text) -> List.of(text);
            case Prompt.Chat(List<ChatMessage> messages) -> ControlTokens.split(render(messages));
        };
        pieces.forEach(piece -> UnbrokenRuns.check(piece, maxRunLength));
        IntStream ids = pieces.stream().flatMapToInt(piece -> IntStream.of(model.encode(piece)));
        var tokenized = new TokenizedPrompt(withBeginToken(ids.toArray()));
        if (tokenized.length() >= contextPerSlot) {
            throw new Refusal(
                    RefusalReason.CONTEXT_EXCEEDED,
                    "prompt has %d tokens (expected: at most %d, so that the context of %d tokens holds an answer)"
                            .formatted(tokenized.length(), contextPerSlot - 1, contextPerSlot),
                    prompt instanceof Prompt.Chat ? "messages" : "prompt");
        }
        return tokenized;
    }

    @Override
    public Generated generate(TokenizedPrompt prompt, Sampling sampling, PieceSink sink) {
        int room = contextPerSlot - prompt.length();
        int maxTokens = Math.min(sampling.maxTokens().orElse(room), room);
        LlamaIterator pieces =
                model.generate(LlamaRequest.of(prompt, sampling, maxTokens)).iterator();
        try {
            return drain(pieces, maxTokens, sink);
        } finally {
            if (pieces.hasNext()) {
                pieces.cancel();
            }
        }
    }

    private Generated drain(LlamaIterator pieces, int maxTokens, PieceSink sink) {
        int tokens = 0;
        boolean ended = false;
        while (pieces.hasNext()) {
            LlamaOutput output = pieces.next();
            boolean closing = !pieces.hasNext();
            if (!closing) {
                // An end-of-text token comes as a piece without text before the closing one.
                ended = output.text.isEmpty();
                tokens = Math.min(tokens + tokensOf(output.text), maxTokens);
            }
            if (!sink.accept(output.text) && !closing) {
                return new Generated(Generated.Ending.SINK, tokens);
            }
        }
        return ended
                ? new Generated(Generated.Ending.END_OF_TEXT, tokens)
                : new Generated(Generated.Ending.LIMIT, maxTokens);
    }

    /** A piece is one token, unless the library held back the bytes of a character until it was whole. */
    private int tokensOf(String piece) {
        boolean oneToken = piece.length() > 16 || piece.chars().allMatch(character -> character < 0x80);
        return oneToken ? 1 : Math.max(1, model.encode(piece).length);
    }

    private String render(List<ChatMessage> messages) {
        if (!head.hasChatTemplate()) {
            throw new Refusal(
                    RefusalReason.FIELD_UNSUPPORTED,
                    "the model has no chat template; use /v1/completions with a prompt in its own form",
                    "messages");
        }
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        var list = request.putArray("messages");
        for (ChatMessage message : messages) {
            list.addObject()
                    .put("role", message.role().name().toLowerCase(Locale.ROOT))
                    .put("content", controlTokens.mark(message.content()));
        }
        return model.applyTemplate(request.toString());
    }

    private int[] withBeginToken(int[] ids) {
        if (!head.addsBeginToken() || head.beginToken().isEmpty()) {
            return ids;
        }
        int begin = head.beginToken().getAsInt();
        return ids.length > 0 && ids[0] == begin
                ? ids
                : IntStream.concat(IntStream.of(begin), IntStream.of(ids)).toArray();
    }
}
