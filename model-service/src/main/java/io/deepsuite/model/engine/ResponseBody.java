package io.deepsuite.model.engine;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A response as the waiting thread sees it. The event loop puts in what comes; it asks the connection for one piece at a time, so a slow reader slows the
 * engine down instead of filling memory.
 */
final class ResponseBody {

    private static final int MAX_ERROR_BYTES = 65_536;

    private final CallLifetime lifetime;
    private final LinkedBlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private volatile @Nullable HttpClientResponse response;
    private volatile boolean ended;

    ResponseBody(CallLifetime lifetime) {
        this.lifetime = lifetime;
    }

    /** Called on the event loop when the head of the response is there. */
    void begin(HttpClientResponse head) {
        head.pause();
        head.handler(bytes -> signals.add(new Signal.Bytes(bytes)));
        head.endHandler(_ -> {
            ended = true;
            signals.add(new Signal.End());
        });
        head.exceptionHandler(this::failed);
        response = head;
        signals.add(new Signal.Head(head.statusCode()));
    }

    /** Called when the request or the response breaks. */
    void failed(Throwable cause) {
        signals.add(new Signal.Broken(cause));
    }

    /** Wakes the waiting thread so that it sees the end of the lifetime. */
    void wake() {
        signals.add(new Signal.Wake());
    }

    /** Whether the response was read to its end. */
    boolean ended() {
        return ended;
    }

    /**
     * Waits for the head.
     *
     * @return HTTP status
     */
    int status(Duration atMost) {
        return switch (take(atMost)) {
            case Signal.Head head -> head.status();
            case Signal.Broken broken ->
                throw new EngineFailure(
                        EngineFailure.Kind.CONNECTION, "connection lost before the answer", broken.cause());
            case Signal.Bytes _, Signal.End _, Signal.Wake _ -> throw new IllegalStateException("body before head");
        };
    }

    /**
     * Waits for the next bytes.
     *
     * @return empty at the end of the body
     */
    Optional<byte[]> next(Duration atMost) {
        var head = response;
        if (head != null) {
            head.fetch(1);
        }
        return switch (take(atMost)) {
            case Signal.Bytes bytes -> Optional.of(bytes.buffer().getBytes());
            case Signal.End _ -> Optional.empty();
            case Signal.Broken broken ->
                throw new EngineFailure(EngineFailure.Kind.BROKEN, "connection lost in the answer", broken.cause());
            case Signal.Head _, Signal.Wake _ -> throw new IllegalStateException("head twice");
        };
    }

    /** The rest of the body, at most 64 KiB of it. */
    byte[] all(Duration atMost) {
        var bytes = new ByteArrayOutputStream();
        for (var next = next(atMost); next.isPresent() && bytes.size() < MAX_ERROR_BYTES; next = next(atMost)) {
            bytes.writeBytes(next.get());
        }
        return bytes.toByteArray();
    }

    /** Reads to the end, so that the connection can serve the next call. */
    void drain(Duration atMost) {
        var end = false;
        while (!end) {
            end = next(atMost).isEmpty();
        }
    }

    private Signal take(Duration atMost) {
        lifetime.check();
        var left = lifetime.remaining();
        var wait = left.compareTo(atMost) < 0 ? left : atMost;
        try {
            var signal = signals.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
            lifetime.check();
            if (signal == null) {
                throw new EngineFailure(EngineFailure.Kind.SILENT, "nothing for %s".formatted(atMost));
            }
            return signal;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EngineFailure(EngineFailure.Kind.BROKEN, "interrupted", interrupted);
        }
    }

    private sealed interface Signal {
        record Head(int status) implements Signal {}

        record Bytes(Buffer buffer) implements Signal {}

        record End() implements Signal {}

        record Broken(Throwable cause) implements Signal {}

        record Wake() implements Signal {}
    }
}
