package io.deepsuite.audit.checkpoint;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Publishes what is signed, and in the database. The topic gets every checkpoint. The directory keeps what it gets for ever, so it gets one of each log at once,
 * the next not before an interval is over, and the newest in the end.
 */
@ApplicationScoped
public class CheckpointPublisher {

    private final CheckpointDirectory directory;
    private final CheckpointClient client;
    private final CheckpointState state;
    private final CheckpointConfig config;
    private final InstantSource clock;

    /** Sizes that the broker has acknowledged; a new process tells the newest again, which does no harm. */
    private final Map<Integer, Long> announced = new ConcurrentHashMap<>();

    /** When this process wrote to the directory last; a new one does not wait. */
    private final Map<Integer, Instant> written = new ConcurrentHashMap<>();

    CheckpointPublisher(
            CheckpointDirectory directory,
            CheckpointClient client,
            CheckpointState state,
            CheckpointConfig config,
            InstantSource clock) {
        this.directory = directory;
        this.client = client;
        this.state = state;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Writes a log's newest checkpoint to the directory, if it is due there and not there yet.
     *
     * @throws IOException when it cannot be written; it stays due
     */
    void write(int log, SignedCheckpoint newest) throws IOException {
        if (isDue(log)) {
            writeNow(log, newest);
        }
    }

    /**
     * Writes a log's newest checkpoint to the directory, if it is not there yet.
     *
     * @throws IOException when it cannot be written
     */
    void writeNow(int log, SignedCheckpoint newest) throws IOException {
        try {
            var there = directory.newest(newest.checkpoint().origin());
            if (there.isEmpty() || there.get().size() < newest.size()) {
                directory.publish(newest);
                written.put(log, clock.instant());
            }
        } catch (IOException | RuntimeException failure) {
            state.failed(Destination.DIRECTORY);
            throw failure;
        }
    }

    /** Tells the topic, again if need be: whoever reads nothing else would hold an older head than the log has. */
    void announce(int log, SignedCheckpoint newest) {
        if (announced.getOrDefault(log, 0L) >= newest.size()) {
            return;
        }
        try {
            client.send(newest).await().atMost(config.timeout());
        } catch (RuntimeException failure) {
            state.failed(Destination.TOPIC);
            throw failure;
        }
        announced.put(log, newest.size());
    }

    /** Also when the clock was put back since: it would be wrong for as long again. */
    private boolean isDue(int log) {
        var last = written.get(log);
        var now = clock.instant();
        return last == null || now.isBefore(last) || !now.isBefore(last.plus(config.directoryInterval()));
    }
}
