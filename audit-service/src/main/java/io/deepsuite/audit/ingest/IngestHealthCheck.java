package io.deepsuite.audit.ingest;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while events wait and cannot be stored. */
@Readiness
@ApplicationScoped
public class IngestHealthCheck implements HealthCheck {

    private final IngestState state;
    private final IngestPositions positions;

    IngestHealthCheck(IngestState state, IngestPositions positions) {
        this.state = state;
        this.positions = positions;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("audit ingest");
        var trouble = positions.foreignTopic().or(state::trouble);
        trouble.ifPresent(why -> response.withData("trouble", why));
        state.lastIngest().ifPresent(time -> response.withData("lastIngest", time.toString()));
        return response.withData("lag", state.lag()).status(trouble.isEmpty()).build();
    }
}
