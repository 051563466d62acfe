package io.deepsuite.audit.checkpoint;

import io.deepsuite.servicekit.lifecycle.PeriodicTask;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Signs every now and then. */
@ApplicationScoped
public class CheckpointTimer {

    private final CheckpointService service;
    private final PeriodicTask task;

    CheckpointTimer(CheckpointService service, CheckpointConfig config) {
        this.service = service;
        task = new PeriodicTask("checkpoints", config.interval(), service::run);
    }

    void start(@Observes StartupEvent event) {
        task.start();
    }

    void stop(@Observes ShutdownEvent event) {
        task.stop();
        service.close();
    }
}
