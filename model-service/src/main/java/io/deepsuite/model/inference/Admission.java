package io.deepsuite.model.inference;

import io.deepsuite.model.engine.CallLifetime;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.deepsuite.servicekit.error.Failures;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Lets so many calls run at one time and so many wait, first come, first served; refuses the rest at once instead of letting them time out. */
@ApplicationScoped
class Admission {

    private final InferenceConfig config;
    private final Deque<CompletableFuture<Turn>> waiting = new ArrayDeque<>();
    private int running;

    Admission(InferenceConfig config) {
        this.config = config;
    }

    /**
     * Waits for the call's turn; close the permit when the call ends.
     *
     * @throws DeepsuiteException {@link ErrorReason#OVERLOADED} if too many wait, or the turn does not come in time; {@link ErrorReason#CANCELLED}
     */
    Permit enter(CallLifetime lifetime) {
        lifetime.check();
        var turn = new CompletableFuture<Turn>();
        synchronized (waiting) {
            if (running < config.maxConcurrentCalls()) {
                running++;
                return this::leave;
            }
            if (waiting.size() >= config.maxQueuedCalls()) {
                throw overloaded();
            }
            waiting.add(turn);
        }
        lifetime.onCancel(() -> turn.complete(Turn.CANCELLED));
        var outcome = turn.completeOnTimeout(Turn.LATE, config.queueTimeout().toNanos(), TimeUnit.NANOSECONDS)
                .join();
        return switch (outcome) {
            case GRANTED -> this::leave;
            case LATE -> throw gone(overloaded());
            case CANCELLED -> throw gone(new DeepsuiteException(ErrorReason.CANCELLED, "the caller went away"));
        };
    }

    private DeepsuiteException gone(DeepsuiteException failure) {
        synchronized (waiting) {
            waiting.removeIf(CompletableFuture::isDone);
        }
        return failure;
    }

    /** Hands the place to the first who still waits. */
    private void leave() {
        synchronized (waiting) {
            for (var next = waiting.poll(); next != null; next = waiting.poll()) {
                if (next.complete(Turn.GRANTED)) {
                    return;
                }
            }
            running--;
        }
    }

    private DeepsuiteException overloaded() {
        return new DeepsuiteException(
                ErrorReason.OVERLOADED,
                "the service has as much work as it takes",
                Map.of(
                        Failures.RETRY_AFTER_MILLIS,
                        Long.toString(config.retryAfter().toMillis())));
    }

    /** A call's place. */
    @FunctionalInterface
    interface Permit extends AutoCloseable {
        @Override
        void close();
    }

    /** How waiting ended. */
    private enum Turn {
        GRANTED,
        LATE,
        CANCELLED
    }
}
