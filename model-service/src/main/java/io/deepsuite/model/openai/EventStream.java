package io.deepsuite.model.openai;

import io.deepsuite.model.engine.CallLifetime;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Writes server-sent events to one response. The writing thread waits while the client does not read. */
final class EventStream {

    private final HttpServerResponse response;
    private final CallLifetime lifetime;

    EventStream(HttpServerResponse response, CallLifetime lifetime) {
        this.response = response;
        this.lifetime = lifetime;
    }

    /**
     * Sends the head.
     *
     * @param headers besides the content type
     */
    void open(Map<String, String> headers) {
        headers.forEach(response::putHeader);
        response.setStatusCode(200)
                .setChunked(true)
                .putHeader("content-type", "text/event-stream; charset=utf-8")
                .putHeader("cache-control", "no-cache")
                .putHeader("x-accel-buffering", "no");
    }

    /**
     * Sends one event.
     *
     * @throws DeepsuiteException {@link ErrorReason#CANCELLED} if the client has gone, {@link ErrorReason#TIMEOUT} if it does not read
     */
    void send(String data) {
        lifetime.check();
        sendLast(data);
        if (response.writeQueueFull()) {
            awaitDrain();
        }
    }

    /** Sends one event of the end: it neither waits nor fails, since the outcome is decided. */
    void sendLast(String data) {
        if (!response.closed() && !response.ended()) {
            var _ = response.write("data: " + data + "\n\n");
        }
    }

    private void awaitDrain() {
        var drained = new CompletableFuture<Boolean>();
        lifetime.onCancel(() -> drained.complete(false));
        response.drainHandler(_ -> drained.complete(true));
        if (!response.writeQueueFull()) {
            return;
        }
        try {
            var _ = drained.get(lifetime.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException late) {
            throw new DeepsuiteException(ErrorReason.TIMEOUT, "the client does not read", Map.of(), late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DeepsuiteException(ErrorReason.CANCELLED, "interrupted", Map.of(), interrupted);
        }
        lifetime.check();
    }

    /** Ends the response. */
    void close() {
        if (!response.ended() && !response.closed()) {
            var _ = response.end();
        }
    }
}
