package io.deepsuite.model.engine;

import io.deepsuite.model.registry.RouteTable;
import io.deepsuite.model.signals.Signal;
import io.deepsuite.model.signals.Signals;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Asks every known replica at intervals whether it is well, and signals the answer. */
@ApplicationScoped
class EngineProbe {

    private final RouteTable routes;
    private final EngineTransport transport;
    private final Signals signals;
    private final EngineConfig config;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("engine-probe").factory());

    EngineProbe(RouteTable routes, EngineTransport transport, Signals signals, EngineConfig config) {
        this.routes = routes;
        this.transport = transport;
        this.signals = signals;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        var interval = config.probeInterval().toMillis();
        var _ = timer.scheduleWithFixedDelay(this::probe, interval, interval, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        timer.shutdownNow();
    }

    private void probe() {
        for (var replica : routes.engines()) {
            signals.report(
                    new Signal.Health("engine:" + EngineService.hostAndPort(replica), transport.healthy(replica)));
        }
    }
}
