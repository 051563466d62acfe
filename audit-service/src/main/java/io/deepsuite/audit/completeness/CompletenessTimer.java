package io.deepsuite.audit.completeness;

import io.deepsuite.servicekit.lifecycle.PeriodicTask;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Looks at the sources every now and then. */
@ApplicationScoped
public class CompletenessTimer {

    private final PeriodicTask task;

    CompletenessTimer(CompletenessService service, CompletenessConfig config) {
        task = new PeriodicTask("completeness", config.interval(), service::check);
    }

    void start(@Observes StartupEvent event) {
        task.start();
    }

    void stop(@Observes ShutdownEvent event) {
        task.stop();
    }
}
