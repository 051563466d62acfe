package io.deepsuite.audit.checkpoint;

import io.deepsuite.audit.seal.LogDamagedException;
import io.deepsuite.audit.seal.LogHead;
import io.deepsuite.audit.seal.LogStore;
import io.deepsuite.audit.seal.SealConfig;
import io.deepsuite.proof.merkle.Frontier;
import io.deepsuite.proof.note.Checkpoint;
import io.deepsuite.proof.note.NoteException;
import io.deepsuite.proof.note.SignedNote;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs logs that have grown. Before it signs, it proves to itself that the log still begins with what it last published: a log that was rewritten in the
 * database gets no signature. Every replica signs; two that sign the same size write the same words.
 */
@ApplicationScoped
public class CheckpointService {

    private static final Logger LOGGER = LoggerFactory.getLogger(CheckpointService.class);

    private final LogStore logs;
    private final CheckpointStore store;
    private final CheckpointDirectory directory;
    private final CheckpointClient client;
    private final CheckpointKeys keys;
    private final CheckpointState state;
    private final SealConfig names;
    private final CheckpointConfig config;

    /** Sizes that the broker has acknowledged; a new process tells the newest again, which does no harm. */
    private final Map<Integer, Long> announced = new ConcurrentHashMap<>();

    CheckpointService(
            LogStore logs,
            CheckpointStore store,
            CheckpointDirectory directory,
            CheckpointClient client,
            CheckpointKeys keys,
            CheckpointState state,
            SealConfig names,
            CheckpointConfig config) {
        this.logs = logs;
        this.store = store;
        this.directory = directory;
        this.client = client;
        this.keys = keys;
        this.state = state;
        this.names = names;
        this.config = config;
    }

    /**
     * Signs and publishes every log that has grown.
     *
     * @throws Exception of the first log that could not be signed, with those of others; what was published counts
     */
    void run() throws Exception {
        directory.publish(keys.verifiers());
        Exception failure = null;
        for (int log : all()) {
            try {
                run(log);
            } catch (LogDamagedException damage) {
                if (state.damaged(log, String.valueOf(damage.getMessage()))) {
                    LOGGER.atError()
                            .addKeyValue("log", log)
                            .addKeyValue("damage", damage.getMessage())
                            .log("log is not what was published, it gets no checkpoint");
                }
            } catch (IOException | RuntimeException one) {
                failure = joined(failure, one);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** One log that cannot be signed keeps no other from it. */
    private static Exception joined(@Nullable Exception first, Exception next) {
        if (first == null) {
            return next;
        }
        first.addSuppressed(next);
        return first;
    }

    /** Logs that have leaves, and those that had: a log whose rows are gone is missed where its checkpoints are. */
    private SortedSet<Integer> all() throws IOException {
        var all = new TreeSet<>(store.logs());
        all.addAll(directory.logs(names.name())); // the database's owner can delete its checkpoints with the rest
        logs.heads().forEach(head -> all.add(head.log()));
        return all;
    }

    private void run(int log) throws IOException {
        var published = directory.newest(names.origin(log));
        var stored = store.newest(log).map(CheckpointStore.Stored::signed);
        // after the checkpoints: another replica may sign what has come since, and the log would seem to have shrunk
        var head = logs.head(log).orElse(new LogHead(log, Frontier.empty()));
        if (head.tree().size() == 0 && published.isEmpty() && stored.isEmpty()) {
            return; // a folder that a crash left empty
        }
        if (isAt(published, head) && isAt(stored, head)) {
            announce(log, stored.orElseThrow());
            state.signed(log, head.tree().size());
            return;
        }
        check(head, published);
        if (!stored.equals(published)) {
            check(head, stored);
        }
        var checkpoint = new Checkpoint(
                names.origin(head.log()), head.tree().size(), head.tree().root());
        publish(
                head.log(),
                new SignedCheckpoint(checkpoint, keys.sign(checkpoint.body()).toText()));
    }

    private static boolean isAt(Optional<SignedCheckpoint> signed, LogHead head) {
        return signed.filter(one -> one.checkpoint().size() == head.tree().size()
                        && one.checkpoint().root().equals(head.tree().root()))
                .isPresent();
    }

    /** @throws LogDamagedException unless the log begins with what was signed */
    private void check(LogHead head, Optional<SignedCheckpoint> before) {
        var tree = logs.tree(head.log(), head.tree().size());
        var root = tree.root();
        if (!root.equals(head.tree().root())) {
            throw new LogDamagedException("log %d, size %d: its hashes lead to another root than its head"
                    .formatted(head.log(), head.tree().size()));
        }
        if (before.isEmpty()) {
            return;
        }
        var signed = before.get();
        requireOurs(head.log(), signed);
        if (signed.size() > head.tree().size()) {
            throw new LogDamagedException("log %d, size %d: a checkpoint of size %d was published"
                    .formatted(head.log(), head.tree().size(), signed.size()));
        }
        if (!tree.consistencyProof(signed.size()).verifies(signed.checkpoint().root(), root)) {
            throw new LogDamagedException("log %d, size %d: it does not begin with the checkpoint of size %d"
                    .formatted(head.log(), head.tree().size(), signed.size()));
        }
    }

    /** Tells the topic, again if need be: whoever reads nothing else would hold an older head than the log has. */
    private void announce(int log, SignedCheckpoint signed) {
        if (announced.getOrDefault(log, 0L) < signed.size()) {
            client.send(signed).await().atMost(config.timeout());
            announced.put(log, signed.size());
        }
    }

    private void requireOurs(int log, SignedCheckpoint signed) {
        try {
            SignedNote.parse(signed.note()).verify(keys.verifiers());
        } catch (NoteException e) {
            throw new LogDamagedException(
                    "log %d: the checkpoint of size %d, %s".formatted(log, signed.size(), e.getMessage()));
        }
    }

    /**
     * To the database first: an export ends at the newest that is there, in every replica, and whoever held a newer one would take the log for cut. One that is there
     * and nowhere else, after a crash, is followed by the next.
     */
    private void publish(int log, SignedCheckpoint signed) throws IOException {
        store.insert(log, signed);
        try {
            directory.publish(signed);
        } finally {
            announce(log, signed); // whoever follows the topic has no share in a full disk
        }
        state.signed(log, signed.size());
        LOGGER.atDebug()
                .addKeyValue("log", log)
                .addKeyValue("size", signed.size())
                .log("checkpoint published");
    }
}
