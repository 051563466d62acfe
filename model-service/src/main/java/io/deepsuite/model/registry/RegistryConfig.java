package io.deepsuite.model.registry;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;

/** How the registry uses its database. */
@ConfigMapping(prefix = "deepsuite.registry")
public interface RegistryConfig {

    /** Longest wait for one database transaction before {@code DATABASE_UNAVAILABLE}. ISO-8601; default 5 s. */
    @WithDefault("PT5S")
    @NotNull
    Duration databaseTimeout();

    /** How often the routes in memory are read again, so that a change through another replica is seen. ISO-8601; default 5 s. */
    @WithDefault("PT5S")
    @NotNull
    Duration refreshInterval();

    /** Whether an engine may be registered with a plain {@code http://} address; only for an engine inside the same pod. Default false. */
    @WithDefault("false")
    boolean plainHttpEngines();
}
