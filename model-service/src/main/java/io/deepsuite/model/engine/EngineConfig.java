package io.deepsuite.model.engine;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;

/** Deadlines and circuit breakers of engine calls. Durations are ISO-8601. */
@ConfigMapping(prefix = "deepsuite.engine")
public interface EngineConfig {

    /** Longest wait for a connection, TLS handshake included; default 3 s. */
    @WithDefault("PT3S")
    @NotNull
    Duration connectTimeout();

    /** Longest wait for the first token; default 60 s. */
    @WithDefault("PT60S")
    @NotNull
    Duration firstTokenTimeout();

    /** Longest silence between tokens; default 30 s. */
    @WithDefault("PT30S")
    @NotNull
    Duration idleTimeout();

    /** Failures in a row that open a replica's circuit, 1 to 1,000; default 5. */
    @WithDefault("5")
    @Min(1)
    @Max(1_000)
    int breakerFailures();

    /** How long an open circuit refuses before one call probes the replica; default 30 s. */
    @WithDefault("PT30S")
    @NotNull
    Duration breakerDelay();

    /** Most connections to one replica, 1 to 10,000; default 256. */
    @WithDefault("256")
    @Min(1)
    @Max(10_000)
    int maxConnections();

    /** How often each replica's health is asked and signalled; default 10 s. */
    @WithDefault("PT10S")
    @NotNull
    Duration probeInterval();
}
