package io.deepsuite.model.engine;

import io.deepsuite.model.registry.ModelVersion.EngineReplica;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import java.util.function.Consumer;

/** Carries one request to one replica. */
interface EngineTransport {

    /**
     * Asks and passes on the pieces as they come. Blocks until the answer ends.
     *
     * @throws EngineFailure if the replica fails
     * @throws DeepsuiteException {@link ErrorReason#CANCELLED} or {@link ErrorReason#TIMEOUT} if the lifetime ends, at once
     */
    EngineAnswer exchange(EngineReplica replica, EngineRequest request, CallLifetime lifetime, Consumer<String> pieces);

    /** Whether the replica answers a health request. Blocks for at most the connect time-out twice. */
    boolean healthy(EngineReplica replica);
}
