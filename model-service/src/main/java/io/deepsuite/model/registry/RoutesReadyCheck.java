package io.deepsuite.model.registry;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the registry has been read; stays ready when the database goes away later, since inference goes on from memory. */
@Readiness
@ApplicationScoped
class RoutesReadyCheck implements HealthCheck {

    private final RouteTable routes;

    RoutesReadyCheck(RouteTable routes) {
        this.routes = routes;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("routes").status(routes.loaded()).build();
    }
}
