package io.deepsuite.engine.process;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the engine and really ends it. Native code leaves threads behind that keep a Java process alive, so the end is a halt, after everything else has
 * stopped: status 0 on SIGTERM and SIGINT, 1 when the start fails.
 */
@QuarkusMain
public final class EngineMain {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    private static final Logger LOGGER = LoggerFactory.getLogger(EngineMain.class);

    private EngineMain() {}

    /** Runs until the process is told to end. */
    public static void main(String... args) {
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> await(stopped), "halt"));
        Quarkus.run(
                null,
                (status, failure) -> {
                    stopped.countDown();
                    if (failure == null) {
                        Runtime.getRuntime().halt(0);
                    }
                    LOGGER.error("the engine cannot start: {}", reason(failure));
                    // Not a halt: the line above is still on its way to the log.
                    System.exit(Math.max(1, status));
                },
                args);
    }

    private static String reason(Throwable failure) {
        Throwable reason = failure;
        while (reason.getCause() != null) {
            reason = reason.getCause();
        }
        return String.valueOf(reason.getMessage());
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
