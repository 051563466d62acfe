package io.deepsuite.audit.witness;

import io.deepsuite.proof.note.WitnessKey;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.List;

/** Keys of the witnesses that are configured. One that cannot be read stops the start. */
@Startup
@Singleton
public class WitnessKeys {

    private final List<WitnessKey> keys;

    WitnessKeys(WitnessConfig config) {
        keys = config.keys().orElse(List.of()).stream().map(WitnessKey::parse).toList();
    }

    List<WitnessKey> all() {
        return keys;
    }
}
