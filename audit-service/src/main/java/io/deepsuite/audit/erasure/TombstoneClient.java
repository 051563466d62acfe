package io.deepsuite.audit.erasure;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.UUID;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** Takes keys out of the topic: a record without a value, which compaction leaves of all the records of a key. */
@ApplicationScoped
public class TombstoneClient {

    private final MutinyEmitter<Record<String, byte[]>> emitter;

    TombstoneClient(
            @Channel("tombstones") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    MutinyEmitter<Record<String, byte[]>> emitter) {
        this.emitter = emitter;
    }

    /** Completes when the broker has acknowledged all; fails with whatever kept it from doing so. */
    public Uni<Void> tell(Collection<UUID> keys) {
        if (keys.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return Uni.join()
                .all(keys.stream()
                        .map(key -> emitter.send(Record.<String, byte[]>of(key.toString(), null)))
                        .toList())
                .andFailFast()
                .replaceWithVoid();
    }
}
