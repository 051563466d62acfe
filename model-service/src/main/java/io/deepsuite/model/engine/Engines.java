package io.deepsuite.model.engine;

import io.deepsuite.model.registry.ModelVersion;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;

/** The engines that serve models. */
@FunctionalInterface
public interface Engines {

    /**
     * Asks the version. Blocks until the answer ends, which the lifetime bounds.
     *
     * @throws DeepsuiteException {@link ErrorReason#ENGINE_UNAVAILABLE}, {@link ErrorReason#PROMPT_TOO_LONG}, {@link ErrorReason#OVERLOADED},
     *     {@link ErrorReason#VALUE_INVALID} if the engine refuses the request, {@link ErrorReason#CANCELLED}, {@link ErrorReason#TIMEOUT}, and what the
     *     listener throws
     */
    EngineAnswer answer(ModelVersion version, EngineRequest request, CallLifetime lifetime, EngineListener listener);
}
