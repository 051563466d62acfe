package io.deepsuite.audit.ingest;

import io.deepsuite.servicekit.lifecycle.PeriodicTask;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Measures the lag every now and then. */
@ApplicationScoped
public class IngestLagTimer {

    private final PeriodicTask task;

    IngestLagTimer(IngestSeeker seeker, IngestConfig config) {
        task = new PeriodicTask(
                "lag", config.lagPeriod(), () -> seeker.measure().await().atMost(config.stepTimeout()));
    }

    void start(@Observes StartupEvent event) {
        task.start();
    }

    void stop(@Observes ShutdownEvent event) {
        task.stop();
    }
}
