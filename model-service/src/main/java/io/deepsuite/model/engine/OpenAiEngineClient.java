package io.deepsuite.model.engine;

import io.deepsuite.model.registry.ModelVersion.EngineReplica;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Speaks to replicas over the OpenAI protocol. The caller's thread waits; a virtual one is meant. */
@ApplicationScoped
class OpenAiEngineClient implements EngineTransport {

    private static final int OK = 200;

    private final HttpClient http;
    private final EngineConfig config;

    @Inject
    OpenAiEngineClient(EngineHttpClients clients, EngineConfig config) {
        this(clients.client(), config);
    }

    OpenAiEngineClient(HttpClient http, EngineConfig config) {
        this.http = http;
        this.config = config;
    }

    @Override
    public EngineAnswer exchange(
            EngineReplica replica, EngineRequest request, CallLifetime lifetime, Consumer<String> pieces) {
        lifetime.check();
        var call = connect(replica, HttpMethod.POST, OpenAiProtocol.path(request));
        call.putHeader("content-type", "application/json").putHeader("accept", "text/event-stream");
        var body = new ResponseBody(lifetime);
        lifetime.onCancel(() -> {
            body.wake();
            abandon(call, body);
        });
        try {
            // before sending: a handler that is set later would miss what came in between
            var _ = call.response().onSuccess(body::begin).onFailure(body::failed);
            var _ = call.end(Buffer.buffer(OpenAiProtocol.body(replica, request)))
                    .onFailure(body::failed);
            return read(body, pieces);
        } finally {
            abandon(call, body);
        }
    }

    /** Closes the connection unless the response was read to its end; the engine stops working then. */
    private static void abandon(HttpClientRequest call, ResponseBody body) {
        if (!body.ended()) {
            var _ = call.reset();
        }
    }

    private EngineAnswer read(ResponseBody body, Consumer<String> pieces) {
        var status = body.status(config.firstTokenTimeout());
        if (status != OK) {
            throw OpenAiProtocol.failure(status, body.all(config.idleTimeout()));
        }
        var answer = new StreamedAnswer(pieces);
        while (!answer.ended()) {
            var bytes = body.next(answer.begun() ? config.idleTimeout() : config.firstTokenTimeout());
            if (bytes.isEmpty()) {
                return answer.result(); // fine after a finish reason, a break otherwise
            }
            answer.add(bytes.get());
        }
        body.drain(config.connectTimeout());
        return answer.result();
    }

    private HttpClientRequest connect(EngineReplica replica, HttpMethod method, String path) {
        var options = new RequestOptions().setMethod(method).setAbsoluteURI(base(replica) + path);
        // the connection has its own time-out; waiting longer means that the pool is full
        return await(http.request(options), config.connectTimeout().multipliedBy(2));
    }

    private static String base(EngineReplica replica) {
        var address = replica.address();
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    @Override
    public boolean healthy(EngineReplica replica) {
        try {
            var call = connect(replica, HttpMethod.GET, "/v1/models");
            var status = await(
                    call.send().compose(response -> response.body().map(response.statusCode())),
                    config.connectTimeout());
            return status == OK;
        } catch (EngineFailure _) {
            return false;
        }
    }

    private static <T> T await(Future<T> future, Duration atMost) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failure) {
            throw new EngineFailure(EngineFailure.Kind.CONNECTION, "no connection", failure.getCause());
        } catch (TimeoutException late) {
            throw new EngineFailure(EngineFailure.Kind.CONNECTION, "no connection in time", late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EngineFailure(EngineFailure.Kind.CONNECTION, "interrupted", interrupted);
        }
    }
}
