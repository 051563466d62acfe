package io.deepsuite.model.engine;

import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts an answer together from the bytes of its event stream. One answer, one thread. */
final class StreamedAnswer {

    private static final int MAX_EVENT_BYTES = 1 << 20;

    private final Consumer<String> pieces;
    private final ServerSentEvents events = new ServerSentEvents(MAX_EVENT_BYTES);
    private @Nullable String finishReason;
    private OptionalInt promptTokens = OptionalInt.empty();
    private OptionalInt completionTokens = OptionalInt.empty();
    private boolean begun;
    private boolean ended;

    /** @param pieces takes each piece that is not empty */
    StreamedAnswer(Consumer<String> pieces) {
        this.pieces = pieces;
    }

    /**
     * Takes the next bytes.
     *
     * @throws EngineFailure if they are not the protocol's, or an error
     */
    void add(byte[] bytes) {
        for (var data : events.add(bytes)) {
            if (!ended) {
                take(OpenAiProtocol.chunk(data));
            }
        }
    }

    private void take(OpenAiProtocol.Chunk chunk) {
        ended = chunk.end();
        chunk.finishReason().ifPresent(reason -> finishReason = reason);
        promptTokens = chunk.promptTokens().isPresent() ? chunk.promptTokens() : promptTokens;
        completionTokens = chunk.completionTokens().isPresent() ? chunk.completionTokens() : completionTokens;
        if (!chunk.text().isEmpty()) {
            begun = true;
            pieces.accept(chunk.text());
        }
    }

    /** Whether a piece has been passed on. */
    boolean begun() {
        return begun;
    }

    /** Whether the engine said that the stream is over. */
    boolean ended() {
        return ended;
    }

    /**
     * How the answer ended.
     *
     * @throws EngineFailure if it has no finish reason
     */
    EngineAnswer result() {
        var reason = finishReason;
        if (reason == null) {
            throw new EngineFailure(EngineFailure.Kind.BROKEN, "the answer broke off without a finish reason");
        }
        return new EngineAnswer(reason, promptTokens, completionTokens);
    }
}
