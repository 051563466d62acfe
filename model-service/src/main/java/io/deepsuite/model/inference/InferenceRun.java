package io.deepsuite.model.inference;

import io.deepsuite.model.engine.EngineAnswer;
import io.deepsuite.model.engine.EngineRequest;
import io.deepsuite.model.masking.MaskedInput;
import io.deepsuite.model.masking.MaskedText;
import io.deepsuite.model.registry.ModelVersion;
import io.deepsuite.model.signals.Signal;
import io.deepsuite.model.signals.Signals;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One call of {@link InferenceService}: what is known of it at each step, and its end. One thread. */
final class InferenceRun {

    private final InferenceRequest request;
    private final InferenceCall call;
    private final AnswerSink sink;
    private final long startedNanos = System.nanoTime();
    private String inputHmac = "";
    private String keyId = "";
    private @Nullable ModelVersion version;
    private @Nullable MaskedInput masked;
    private @Nullable Transcript transcript;
    private @Nullable EngineAnswer answer;

    InferenceRun(InferenceRequest request, InferenceCall call, AnswerSink sink) {
        this.request = request;
        this.call = call;
        this.sink = sink;
    }

    void input(String hmac, String key) {
        inputHmac = hmac;
        keyId = key;
        call.audit().facts(facts());
    }

    void version(ModelVersion asked) {
        version = asked;
        call.audit().version(asked);
    }

    ModelVersion version() {
        return Objects.requireNonNull(version, "resolved before it is asked");
    }

    void masked(MaskedInput input) {
        masked = input;
        transcript = new Transcript(
                sink,
                version(),
                input.restorer(),
                startedNanos,
                () -> call.audit().facts(facts()));
    }

    Transcript transcript() {
        return Objects.requireNonNull(transcript, "masked before the engine is asked");
    }

    /** What the engine is asked: the request with its texts replaced by the masked ones. */
    EngineRequest engineRequest() {
        var texts = Objects.requireNonNull(masked, "masked before the engine is asked")
                .texts();
        var prompts = request.prompt().texts().size();
        var sampling = request.sampling();
        return new EngineRequest(
                prompt(texts.subList(0, prompts)),
                new EngineRequest.Sampling(
                        sampling.maxTokens(),
                        sampling.temperature(),
                        sampling.topP(),
                        sampling.seed(),
                        texts.subList(prompts, texts.size())));
    }

    private EngineRequest.Prompt prompt(List<MaskedText> texts) {
        return switch (request.prompt()) {
            case InferenceRequest.Prompt.Chat chat -> {
                var turns = new ArrayList<EngineRequest.Turn>();
                for (var i = 0; i < texts.size(); i++) {
                    turns.add(new EngineRequest.Turn(chat.turns().get(i).role().wire(), texts.get(i)));
                }
                yield new EngineRequest.Prompt.Chat(turns);
            }
            case InferenceRequest.Prompt.Completion _ -> new EngineRequest.Prompt.Completion(texts.getFirst());
        };
    }

    /** The engine has finished: what was held back is passed on. */
    void answered(EngineAnswer ended) {
        answer = ended;
        transcript().finish();
    }

    /** Ends the call; returns when its event is durable. */
    AnswerEnd succeed(Signals signals) {
        var ended = Objects.requireNonNull(answer, "answered before it succeeds");
        call.lifetime().check();
        call.audit().facts(facts());
        call.audit().succeed();
        signals.report(signal(true));
        return new AnswerEnd(
                version().version().toString(),
                ended.finishReason(),
                ended.promptTokens().orElse(0),
                transcript().completionTokens(ended));
    }

    /** Ends the call; returns what to throw when its event is durable. */
    DeepsuiteException failed(DeepsuiteException failure, Signals signals) {
        if (failure.reason() != ErrorReason.AUDIT_UNAVAILABLE) {
            try {
                call.audit().facts(facts());
                call.audit().fail(failure.reason());
            } catch (DeepsuiteException unaudited) {
                failure.addSuppressed(unaudited);
            }
        }
        if (version != null) {
            signals.report(signal(false));
        }
        return failure;
    }

    private InferenceFacts facts() {
        var types = masked == null ? List.<String>of() : masked.entityTypes();
        return transcript == null
                ? new InferenceFacts(inputHmac, keyId, "", 0, 0, "", "", types)
                : transcript.facts(inputHmac, keyId, types, answer);
    }

    private Signal.Inference signal(boolean success) {
        return new Signal.Inference(
                version().model(),
                version().version().toString(),
                version().quantization(),
                Duration.ofNanos(System.nanoTime() - startedNanos),
                transcript == null ? null : transcript.timeToFirst(),
                success,
                transcript == null ? 0 : transcript.completionTokens(answer));
    }
}
