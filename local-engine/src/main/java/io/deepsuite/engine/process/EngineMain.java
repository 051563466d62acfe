package io.deepsuite.engine.process;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Starts the engine and really ends it. Native code leaves threads behind that keep a Java process alive, so the end is a halt, after everything else has
 * stopped: status 0 on SIGTERM and SIGINT, 1 when the start fails.
 */
@QuarkusMain
public final class EngineMain {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    private EngineMain() {}

    /** Runs until the process is told to end. */
    public static void main(String... args) {
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> await(stopped), "halt"));
        Quarkus.run(
                null,
                (status, failure) -> {
                    stopped.countDown();
                    Runtime.getRuntime().halt(failure == null ? 0 : Math.max(1, status));
                },
                args);
    }

    /** Keeps the virtual machine from ending by itself, with the signal's status, before {@link Quarkus#run} returns. */
    private static void await(CountDownLatch stopped) {
        try {
            if (!stopped.await(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                Runtime.getRuntime().halt(2);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
