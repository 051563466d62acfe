package io.deepsuite.model.openai;

import io.deepsuite.model.inference.AnswerEnd;
import io.deepsuite.model.inference.AnswerSink;
import io.deepsuite.model.inference.InferenceCall;
import io.deepsuite.model.inference.InferenceCalls;
import io.deepsuite.model.inference.InferenceService;
import io.deepsuite.model.registry.ModelVersion;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorBody;
import io.deepsuite.servicekit.time.UuidV7;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Carries calls between HTTP and the inference use case, plain or streamed. */
@ApplicationScoped
class OpenAiFace {

    /** Response header with the version that answers. */
    static final String VERSION_HEADER = "x-deepsuite-model-version";

    /** Any path of these routes: it chooses the form of errors. */
    private static final String ROUTE = "/v1/";

    private final InferenceService inference;
    private final InferenceCalls calls;
    private final InstantSource clock;

    OpenAiFace(InferenceService inference, InferenceCalls calls, InstantSource clock) {
        this.inference = inference;
        this.calls = calls;
        this.clock = clock;
    }

    /**
     * Answers one call.
     *
     * @return the answer; null when it was streamed. Failures before the first byte are thrown, later ones end the stream
     */
    @Nullable
    Response answer(OpenAiAnswers.Kind kind, Supplier<OpenAiRequest> parse, RoutingContext routing) {
        var call = calls.begin();
        routing.addEndHandler(ended -> {
            if (ended.failed()) {
                call.lifetime().cancel();
            }
        });
        var request = parse.get();
        var now = clock.instant();
        var id = kind.idPrefix() + UuidV7.next(clock).toString().replace("-", "");
        var answers = new OpenAiAnswers(
                kind, id, now.getEpochSecond(), request.inference().model());
        if (!request.stream()) {
            return plain(request, call, answers);
        }
        stream(request, call, answers, routing);
        return null;
    }

    private Response plain(OpenAiRequest request, InferenceCall call, OpenAiAnswers answers) {
        var sink = new Collected();
        var end = inference.answer(request.inference(), call, sink);
        return Response.ok(answers.whole(sink.version(), sink.text.toString(), end), MediaType.APPLICATION_JSON)
                .header(VERSION_HEADER, end.version())
                .build();
    }

    private void stream(OpenAiRequest request, InferenceCall call, OpenAiAnswers answers, RoutingContext routing) {
        var events = new EventStream(routing.response(), call.lifetime());
        var sink = new Streamed(events, answers);
        try {
            var end = inference.answer(request.inference(), call, sink);
            sink.finish(end, request.includeUsage());
        } catch (DeepsuiteException failure) {
            if (!sink.opened()) {
                throw failure;
            }
            sink.fail(ErrorBody.of(failure, ROUTE).json());
        } finally {
            if (sink.opened()) {
                events.close();
            }
        }
    }

    /** Keeps the whole answer. */
    private static final class Collected implements AnswerSink {

        private final StringBuilder text = new StringBuilder();
        private @Nullable ModelVersion version;

        @Override
        public void begin(ModelVersion answering) {
            version = answering;
        }

        @Override
        public void piece(String piece) {
            text.append(piece);
        }

        ModelVersion version() {
            return Objects.requireNonNull(version, "every answer begins");
        }
    }

    /** Sends the answer as it comes. */
    private static final class Streamed implements AnswerSink {

        private final EventStream events;
        private final OpenAiAnswers answers;
        private @Nullable ModelVersion version;

        Streamed(EventStream events, OpenAiAnswers answers) {
            this.events = events;
            this.answers = answers;
        }

        @Override
        public void begin(ModelVersion answering) {
            version = answering;
            events.open(Map.of(VERSION_HEADER, answering.version().toString()));
            if (answers.kind() == OpenAiAnswers.Kind.CHAT) {
                events.send(answers.opening(answering));
            }
        }

        @Override
        public void piece(String piece) {
            events.send(answers.piece(version(), piece));
        }

        void finish(AnswerEnd end, boolean includeUsage) {
            events.sendLast(answers.ending(version(), end));
            if (includeUsage) {
                events.sendLast(answers.usageChunk(version(), end));
            }
            events.sendLast("[DONE]");
        }

        void fail(String error) {
            events.sendLast(error);
        }

        boolean opened() {
            return version != null;
        }

        private ModelVersion version() {
            return Objects.requireNonNull(version, "every answer begins");
        }
    }
}
