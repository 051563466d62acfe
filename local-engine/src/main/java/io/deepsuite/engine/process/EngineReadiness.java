package io.deepsuite.engine.process;

import io.deepsuite.engine.inference.EngineConfig;
import io.deepsuite.engine.inference.SlotPool;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while new requests are taken. The port opens only after the model is loaded. */
@Readiness
@ApplicationScoped
public class EngineReadiness implements HealthCheck {

    private final SlotPool slots;
    private final EngineConfig config;

    EngineReadiness(SlotPool slots, EngineConfig config) {
        this.slots = slots;
        this.config = config;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("model")
                .status(slots.accepting())
                .withData("name", config.modelName())
                .withData("version", config.modelVersion())
                .build();
    }
}
