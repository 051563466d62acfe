package io.deepsuite.model.engine;

import io.deepsuite.model.registry.ModelVersion.EngineReplica;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.TypedGuard;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One circuit breaker per replica address: so many failures in a row open it, and after a delay one call probes the replica. */
@ApplicationScoped
class ReplicaGuards {

    private static final Logger LOGGER = LoggerFactory.getLogger(ReplicaGuards.class);

    private final EngineConfig config;
    private final Map<String, TypedGuard<EngineAnswer>> guards = new ConcurrentHashMap<>();

    ReplicaGuards(EngineConfig config) {
        this.config = config;
    }

    /**
     * Runs the call unless the replica's circuit is open.
     *
     * @throws org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException if it is
     */
    EngineAnswer call(EngineReplica replica, Supplier<EngineAnswer> call) {
        return guards.computeIfAbsent(replica.address(), this::guard).get(call);
    }

    /** A window of n calls with a ratio of 1 opens after exactly n failures in a row. */
    private TypedGuard<EngineAnswer> guard(String address) {
        return TypedGuard.create(EngineAnswer.class)
                .withCircuitBreaker()
                .requestVolumeThreshold(config.breakerFailures())
                .failureRatio(1.0)
                .delay(config.breakerDelay().toMillis(), ChronoUnit.MILLIS)
                .successThreshold(1)
                .when(failure ->
                        failure instanceof EngineFailure engine && engine.kind().replicaAtFault())
                .onStateChange(state -> log(address, state))
                .done()
                .build();
    }

    private static void log(String address, CircuitBreakerState state) {
        LOGGER.atWarn()
                .addKeyValue("engine", address)
                .addKeyValue("state", state)
                .log("circuit of an engine replica changed");
    }
}
