package io.deepsuite.audit.completeness;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the sources every now and then. What fails is tried again the next time. */
@ApplicationScoped
public class CompletenessTimer {

    private static final Logger LOGGER = LoggerFactory.getLogger(CompletenessTimer.class);

    private final CompletenessService service;
    private final CompletenessConfig config;
    private final AtomicReference<Optional<Thread>> thread = new AtomicReference<>(Optional.empty());

    CompletenessTimer(CompletenessService service, CompletenessConfig config) {
        this.service = service;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        thread.set(Optional.of(Thread.ofVirtual().name("completeness").start(this::run)));
    }

    void stop(@Observes ShutdownEvent event) {
        thread.get().ifPresent(Thread::interrupt);
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(config.interval());
                check();
            }
        } catch (InterruptedException _) { // the service stops
            Thread.currentThread().interrupt();
        }
    }

    private void check() {
        try {
            service.check();
        } catch (RuntimeException failure) { // the thread's edge
            LOGGER.atWarn().setCause(failure).log("sources not looked at, will be tried again");
        }
    }
}
