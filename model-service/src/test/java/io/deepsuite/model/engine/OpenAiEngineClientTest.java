package io.deepsuite.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deepsuite.model.registry.ModelVersion;
import io.deepsuite.model.testing.Configs;
import io.deepsuite.model.testing.Versions;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client against a real HTTP server in this process. */
class OpenAiEngineClientTest {

    private static final String CHUNK = "data: {\"choices\":[{\"delta\":{\"content\":\"%s\"}}]}\n\n";
    private static final String END = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    private static final String USAGE =
            "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2}}\n\ndata: [DONE]\n\n";
    private static final EngineRequest REQUEST = new EngineRequest(
            new EngineRequest.Prompt.Chat(List.of()),
            new EngineRequest.Sampling(
                    OptionalInt.of(9),
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    OptionalLong.empty(),
                    List.of()));

    private final Vertx vertx = Vertx.vertx();
    private final CallLifetime lifetime = new CallLifetime(Duration.ofMinutes(1));
    private final List<String> pieces = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void passesPiecesOnAndCountsTokens() throws Exception {
        // Given
        var body = new CompletableFuture<String>();
        var replica = serving(request -> request.body().onSuccess(bytes -> {
            body.complete(bytes.toString());
            request.response().setChunked(true);
            var _ = request.response().write(CHUNK.formatted("你"));
            var _ = request.response().write(CHUNK.formatted("好"));
            var _ = request.response().end(END + USAGE);
        }));

        // When
        var answer = exchange(replica, Map.of());

        // Then
        assertThat(pieces).containsExactly("你", "好");
        assertThat(answer).isEqualTo(new EngineAnswer("stop", OptionalInt.of(5), OptionalInt.of(2)));
        assertThat(body.get())
                .isEqualTo("{\"model\":\"tiny-translate\",\"messages\":[],\"max_tokens\":9,\"stream\":true,"
                        + "\"stream_options\":{\"include_usage\":true}}");
    }

    @Test
    void aConnectionServesOneCallAfterAnother() throws Exception {
        // Given
        var connections = new AtomicInteger();
        var server = vertx.createHttpServer()
                .connectionHandler(_ -> connections.incrementAndGet())
                .requestHandler(request ->
                        request.body().onSuccess(_ -> request.response().end(END + USAGE)));
        var replica = listening(server);
        // one place in the pool: a call waits for the connection of the one before, and needs a new one only if that
        // was closed
        var http = vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(1));
        var client = new OpenAiEngineClient(http, Configs.of(EngineConfig.class, Map.of()));

        // When
        for (var i = 0; i < 5; i++) {
            client.exchange(replica, REQUEST, new CallLifetime(Duration.ofMinutes(1)), pieces::add);
        }

        // Then
        assertThat(connections).hasValue(1);
    }

    @Test
    void cancellingClosesTheConnectionAtOnce() throws Exception {
        // Given
        var closed = new CompletableFuture<Boolean>();
        var replica = serving(request -> {
            request.connection().closeHandler(_ -> closed.complete(true));
            request.response().setChunked(true);
            var _ = request.response().write(CHUNK.formatted("one"));
        });

        // When
        assertThatThrownBy(() -> client(Map.of()).exchange(replica, REQUEST, lifetime, piece -> lifetime.cancel()))
                .satisfies(failure -> assertThat(reason(failure)).isEqualTo(ErrorReason.CANCELLED));

        // Then
        assertThat(closed.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anotherThreadCanCancelWhileNothingComes() throws Exception {
        // Given
        var asked = new CompletableFuture<Boolean>();
        var replica = serving(_ -> asked.complete(true));
        var call = CompletableFuture.supplyAsync(() -> exchange(replica, Map.of()));
        asked.get(10, TimeUnit.SECONDS);

        // When
        lifetime.cancel();

        // Then
        assertThatThrownBy(() -> call.get(10, TimeUnit.SECONDS))
                .satisfies(failure -> assertThat(reason(Objects.requireNonNull(failure.getCause())))
                        .isEqualTo(ErrorReason.CANCELLED));
    }

    @ParameterizedTest
    @CsvSource({
        "400, context_length_exceeded, TOO_LONG",
        "400, unbroken_run_too_long, TOO_LONG",
        "400, invalid_value, REFUSED",
        "429, engine_overloaded, BUSY",
        "503, engine_stopping, UNREADY",
        "500, internal_error, BROKEN",
        "404, model_not_found, BROKEN"
    })
    void readsStatuses(int status, String code, EngineFailure.Kind expected) throws Exception {
        // Given
        var replica = serving(request -> {
            var _ = request.response()
                    .setStatusCode(status)
                    .end("{\"error\":{\"message\":\"secret\",\"code\":\"%s\"}}".formatted(code));
        });

        // Then
        assertThatThrownBy(() -> exchange(replica, Map.of()))
                .isInstanceOfSatisfying(
                        EngineFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(expected))
                .hasMessageNotContaining("secret");
    }

    @Test
    void anAnswerThatBreaksOffIsAFailure() throws Exception {
        // Given
        var arrived = Promise.<Void>promise();
        var replica = serving(request -> {
            request.response().setChunked(true);
            var _ = request.response().write(CHUNK.formatted("half"));
            var _ = arrived.future().onSuccess(_ -> request.connection().close());
        });

        // Then
        assertThatThrownBy(() -> client(Map.of()).exchange(replica, REQUEST, lifetime, piece -> {
                    pieces.add(piece);
                    arrived.complete();
                }))
                .isInstanceOfSatisfying(
                        EngineFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(EngineFailure.Kind.BROKEN));
        assertThat(pieces).containsExactly("half");
    }

    @Test
    void anAnswerWithoutFinishReasonIsAFailure() throws Exception {
        // Given
        var replica = serving(request -> request.response().end("data: [DONE]\n\n"));

        // Then
        assertThatThrownBy(() -> exchange(replica, Map.of())).isInstanceOf(EngineFailure.class);
    }

    @Test
    void silenceEndsTheCall() throws Exception {
        // Given
        var replica = serving(_ -> {});

        // Then
        assertThatThrownBy(() -> exchange(replica, Map.of("deepsuite.engine.first-token-timeout", "PT0.05S")))
                .isInstanceOfSatisfying(
                        EngineFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(EngineFailure.Kind.SILENT));
    }

    @Test
    void nobodyListeningIsAConnectionFailure() throws Exception {
        // Given
        var server = vertx.createHttpServer().requestHandler(_ -> {});
        var replica = listening(server);
        server.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);

        // Then
        assertThat(client(Map.of()).healthy(replica)).isFalse();
        assertThatThrownBy(() -> exchange(replica, Map.of()))
                .isInstanceOfSatisfying(
                        EngineFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(EngineFailure.Kind.CONNECTION));
    }

    private EngineAnswer exchange(ModelVersion.EngineReplica replica, Map<String, String> set) {
        return client(set).exchange(replica, REQUEST, lifetime, pieces::add);
    }

    private OpenAiEngineClient client(Map<String, String> set) {
        return new OpenAiEngineClient(vertx.createHttpClient(), Configs.of(EngineConfig.class, set));
    }

    private ModelVersion.EngineReplica serving(Handler<HttpServerRequest> handler) throws Exception {
        return listening(vertx.createHttpServer().requestHandler(handler));
    }

    private static ModelVersion.EngineReplica listening(HttpServer server) throws Exception {
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        return Versions.version("1.0.0", "http://127.0.0.1:" + server.actualPort())
                .engines()
                .getFirst();
    }

    private static ErrorReason reason(Throwable failure) {
        return ((DeepsuiteException) failure).reason();
    }
}
