package io.deepsuite.model.registry;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;

/** Finds who answers. */
@FunctionalInterface
public interface Routes {

    /**
     * Finds the version that answers.
     *
     * @param reference {@code tiny-translate} for the stable version, or {@code tiny-translate@1.0.0}
     * @throws DeepsuiteException {@link ErrorReason#MODEL_NOT_FOUND}; {@link ErrorReason#MODEL_VERSION_NOT_FOUND} if there is no such version, or no stable
     *     one; {@link ErrorReason#DATABASE_UNAVAILABLE} if the registry could not be read since the start
     */
    ModelVersion resolve(String reference);
}
