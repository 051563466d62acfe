package io.deepsuite.audit.checkpoint;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signs every now and then. What fails is tried again the next time. */
@ApplicationScoped
public class CheckpointTimer {

    private static final Logger LOGGER = LoggerFactory.getLogger(CheckpointTimer.class);

    private final CheckpointService service;
    private final CheckpointConfig config;
    private final AtomicReference<Optional<Thread>> thread = new AtomicReference<>(Optional.empty());

    CheckpointTimer(CheckpointService service, CheckpointConfig config) {
        this.service = service;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        thread.set(Optional.of(Thread.ofVirtual().name("checkpoints").start(this::run)));
    }

    void stop(@Observes ShutdownEvent event) {
        thread.get().ifPresent(Thread::interrupt);
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(config.interval());
                sign();
            }
        } catch (InterruptedException _) { // the service stops
            Thread.currentThread().interrupt();
        }
    }

    private void sign() {
        try {
            service.run();
        } catch (IOException | RuntimeException failure) { // the thread's edge
            LOGGER.atWarn().setCause(failure).log("checkpoints not published, will be tried again");
        }
    }
}
