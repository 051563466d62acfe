package io.deepsuite.audit.checkpoint;

import io.deepsuite.audit.seal.LogHead;
import io.deepsuite.audit.seal.SealConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The newest checkpoints that anybody can hold. They are published first and stored last, and a database that is away makes the time between long. An export that
 * ends at what is stored would look to their holders like a log that was cut.
 */
@ApplicationScoped
public class NewestCheckpoints {

    private final CheckpointStore store;
    private final CheckpointDirectory directory;
    private final SealConfig names;

    NewestCheckpoints(CheckpointStore store, CheckpointDirectory directory, SealConfig names) {
        this.store = store;
        this.directory = directory;
        this.names = names;
    }

    /**
     * The largest checkpoint of a log, stored or published. One that the log does not reach is left out: the log was cut then, and whoever holds it will say so.
     *
     * @throws UncheckedIOException when the directory cannot be read
     */
    public Optional<SignedCheckpoint> of(LogHead head) {
        try {
            var published = directory
                    .newest(names.origin(head.log()))
                    .filter(one -> one.size() <= head.tree().size());
            var stored = store.newest(head.log()).map(CheckpointStore.Stored::signed);
            return Stream.concat(stored.stream(), published.stream())
                    .max(Comparator.comparingLong(SignedCheckpoint::size));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
