package io.deepsuite.audit.checkpoint;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** Sends checkpoints to their topic: the log's name as the key, the signed note as the value. */
@ApplicationScoped
public class CheckpointClient {

    private final MutinyEmitter<Record<String, String>> emitter;

    CheckpointClient(
            @Channel("checkpoints") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    MutinyEmitter<Record<String, String>> emitter) {
        this.emitter = emitter;
    }

    /**
     * Sends a checkpoint.
     *
     * @return completes when the broker has acknowledged it
     */
    Uni<Void> send(SignedCheckpoint signed) {
        return emitter.send(Record.of(signed.checkpoint().origin(), signed.note()));
    }
}
