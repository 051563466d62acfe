package io.deepsuite.audit.witness;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** Who may co-sign checkpoints. */
@ConfigMapping(prefix = "deepsuite.audit.witness")
public interface WitnessConfig {

    /** Public keys of the witnesses, {@code name+id+base64} with algorithm byte 4, comma-separated. Default none: no cosignature is taken. */
    Optional<List<String>> keys();
}
