package io.deepsuite.servicekit.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;
import java.util.Set;

/** How tokens and certificates belong together. */
@ConfigMapping(prefix = "deepsuite.identity")
public interface IdentityConfig {

    /** Whether a token must be bound to a certificate (RFC 8705, claim {@code cnf}); default true. */
    @WithDefault("true")
    boolean requireBoundTokens();

    /** Workloads (common names) that may carry a token bound to another certificate, because they act for their own callers; default model-service. */
    @WithDefault("model-service")
    Set<String> delegatingWorkloads();

    /**
     * First segment, {@code /console} say, of the paths that a browser may reach without a client certificate, and the only ones where a signed-in session counts; none
     * by default.
     */
    Optional<String> browserRoot();
}
