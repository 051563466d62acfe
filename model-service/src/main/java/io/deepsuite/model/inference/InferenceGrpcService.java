package io.deepsuite.model.inference;

import io.deepsuite.model.registry.ModelVersion;
import io.deepsuite.model.v1.ChatRequest;
import io.deepsuite.model.v1.ChatResponse;
import io.deepsuite.model.v1.GenerateRequest;
import io.deepsuite.model.v1.GenerateResponse;
import io.deepsuite.servicekit.time.UuidV7;
import io.quarkus.grpc.GrpcService;
import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.annotation.security.RolesAllowed;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/** gRPC face of inference. Each call runs on a virtual thread of its own, so that a cancellation is seen while it waits. */
@GrpcService
class InferenceGrpcService implements io.deepsuite.model.v1.InferenceService {

    private final InferenceService inference;
    private final InferenceCalls calls;
    private final ExecutorService threads;
    private final InstantSource clock;

    InferenceGrpcService(
            InferenceService inference,
            InferenceCalls calls,
            @VirtualThreads ExecutorService threads,
            InstantSource clock) {
        this.inference = inference;
        this.calls = calls;
        this.threads = threads;
        this.clock = clock;
    }

    @Override
    @RolesAllowed("model-user")
    public Multi<ChatResponse> chat(ChatRequest request) {
        return stream(() -> InferenceProtoMapper.fromProto(request), new Chat());
    }

    @Override
    @RolesAllowed("model-user")
    public Multi<GenerateResponse> generate(GenerateRequest request) {
        return stream(() -> InferenceProtoMapper.fromProto(request), new Generate());
    }

    private <T> Multi<T> stream(Supplier<InferenceRequest> request, Messages<T> messages) {
        var call = calls.begin();
        var id = UuidV7.next(clock).toString();
        return Multi.createFrom().emitter(emitter -> {
            emitter.onTermination(call.lifetime()::cancel);
            threads.execute(() -> run(request, call, id, messages, emitter));
        });
    }

    private <T> void run(
            Supplier<InferenceRequest> request,
            InferenceCall call,
            String id,
            Messages<T> messages,
            MultiEmitter<? super T> emitter) {
        try {
            var sink = new Sink<T>(id, messages, emitter);
            var end = inference.answer(request.get(), call, sink);
            emitter.emit(messages.end(id, end));
            emitter.complete();
        } catch (RuntimeException failure) { // the edge: whatever it is, the stream ends with it
            if (!emitter.isCancelled()) {
                emitter.fail(failure);
            }
        }
    }

    /** Makes the messages of one method. */
    private interface Messages<T> {
        T piece(String id, String version, String text);

        T end(String id, AnswerEnd end);
    }

    private static final class Chat implements Messages<ChatResponse> {
        @Override
        public ChatResponse piece(String id, String version, String text) {
            return InferenceProtoMapper.chatPiece(id, version, text);
        }

        @Override
        public ChatResponse end(String id, AnswerEnd end) {
            return InferenceProtoMapper.chatEnd(id, end);
        }
    }

    private static final class Generate implements Messages<GenerateResponse> {
        @Override
        public GenerateResponse piece(String id, String version, String text) {
            return InferenceProtoMapper.generatePiece(id, version, text);
        }

        @Override
        public GenerateResponse end(String id, AnswerEnd end) {
            return InferenceProtoMapper.generateEnd(id, end);
        }
    }

    private static final class Sink<T> implements AnswerSink {

        private final String id;
        private final Messages<T> messages;
        private final MultiEmitter<? super T> emitter;
        private String version = "";

        Sink(String id, Messages<T> messages, MultiEmitter<? super T> emitter) {
            this.id = id;
            this.messages = messages;
            this.emitter = emitter;
        }

        @Override
        public void begin(ModelVersion answering) {
            version = answering.version().toString();
        }

        @Override
        public void piece(String text) {
            emitter.emit(messages.piece(id, version, text));
        }
    }
}
