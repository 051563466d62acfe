package io.deepsuite.engine.peer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.NotEmpty;
import java.util.Set;

/** Who may call. */
@ConfigMapping(prefix = "deepsuite.engine")
public interface PeerConfig {

    /** Common names of the client certificates that may call; the certificate must be of the suite's authority as well. At least one; default model-service. */
    @WithDefault("model-service")
    @NotEmpty
    Set<String> allowedPeers();
}
