package io.deepsuite.model.inference;

import io.deepsuite.model.engine.EngineAnswer;
import io.deepsuite.model.engine.EngineListener;
import io.deepsuite.model.hashing.Digests;
import io.deepsuite.model.masking.AnswerRestorer;
import io.deepsuite.model.registry.ModelVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has become of an answer so far: restores it, passes it on, and counts and hashes what was passed on. One answer, one thread.
 */
final class Transcript implements EngineListener {

    private final AnswerSink sink;
    private final ModelVersion version;
    private final AnswerRestorer restorer;
    private final MessageDigest passedOn = Digests.sha256();
    private final long startedNanos;
    private final Runnable progress;
    private @Nullable Duration timeToFirst;
    private String engine = "";
    private int pieces;
    private boolean begun;

    /**
     * @param startedNanos {@link System#nanoTime()} at which the call began
     * @param progress runs when more is known, before it is passed on
     */
    Transcript(AnswerSink sink, ModelVersion version, AnswerRestorer restorer, long startedNanos, Runnable progress) {
        this.sink = sink;
        this.version = version;
        this.restorer = restorer;
        this.startedNanos = startedNanos;
        this.progress = progress;
    }

    @Override
    public void asking(String address) {
        engine = address;
        progress.run();
    }

    @Override
    public void text(String piece) {
        if (timeToFirst == null) {
            timeToFirst = Duration.ofNanos(System.nanoTime() - startedNanos);
        }
        pieces++;
        passOn(restorer.add(piece));
    }

    /** Passes on what was held back. */
    void finish() {
        passOn(restorer.finish());
        begin();
    }

    private void passOn(String text) {
        if (!text.isEmpty()) {
            begin();
            passedOn.update(text.getBytes(StandardCharsets.UTF_8));
            progress.run();
            sink.piece(text);
        }
    }

    private void begin() {
        if (!begun) {
            begun = true;
            sink.begin(version);
        }
    }

    @Nullable
    Duration timeToFirst() {
        return timeToFirst;
    }

    /** Tokens of the answer: as the engine counted them, and one for each piece where it has not. */
    int completionTokens(@Nullable EngineAnswer answer) {
        return answer == null ? pieces : answer.completionTokens().orElse(pieces);
    }

    /** The facts so far; {@code answer} is null while the engine has not finished. */
    InferenceFacts facts(String inputHmac, String keyId, List<String> maskedTypes, @Nullable EngineAnswer answer) {
        return new InferenceFacts(
                inputHmac,
                keyId,
                HexFormat.of().formatHex(Digests.soFar(passedOn)),
                answer == null ? 0 : answer.promptTokens().orElse(0),
                completionTokens(answer),
                answer == null ? "" : answer.finishReason(),
                engine,
                maskedTypes);
    }
}
