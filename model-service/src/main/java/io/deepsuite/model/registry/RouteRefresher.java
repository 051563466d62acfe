package io.deepsuite.model.registry;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the routes at the start and at intervals from then on. */
@ApplicationScoped
class RouteRefresher {

    private static final Logger LOGGER = LoggerFactory.getLogger(RouteRefresher.class);

    private final RouteTable routes;
    private final RegistryConfig config;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("route-refresh").factory());
    private final AtomicBoolean failing = new AtomicBoolean();

    RouteRefresher(RouteTable routes, RegistryConfig config) {
        this.routes = routes;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        var interval = config.refreshInterval().toMillis();
        var _ = timer.scheduleWithFixedDelay(this::refresh, 0, interval, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        timer.shutdownNow();
    }

    private void refresh() {
        try {
            routes.refresh();
            if (failing.compareAndSet(true, false)) {
                LOGGER.atInfo().log("registry can be read again");
            }
        } catch (DeepsuiteException failure) {
            if (failing.compareAndSet(false, true)) {
                LOGGER.atWarn().setCause(failure).log("registry cannot be read, inference goes on from memory");
            }
        }
    }
}
