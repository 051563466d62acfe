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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs logs that have grown. Before it signs, it proves to itself that the log still begins with what it last signed and published: a log that was rewritten in
 * the database gets no signature. Every replica signs; two that sign the same size write the same words.
 */
@ApplicationScoped
public class CheckpointService {

    private static final Logger LOGGER = LoggerFactory.getLogger(CheckpointService.class);

    private final LogStore logs;
    private final CheckpointStore store;
    private final CheckpointDirectory directory;
    private final CheckpointPublisher publisher;
    private final CheckpointKeys keys;
    private final CheckpointState state;
    private final SealConfig names;

    /** The newest of each log that this process knows to be right: the directory has it later, and whoever owns the database cannot reach it here either. */
    private final Map<Integer, SignedCheckpoint> signed = new ConcurrentHashMap<>();

    CheckpointService(
            LogStore logs,
            CheckpointStore store,
            CheckpointDirectory directory,
            CheckpointPublisher publisher,
            CheckpointKeys keys,
            CheckpointState state,
            SealConfig names) {
        this.logs = logs;
        this.store = store;
        this.directory = directory;
        this.publisher = publisher;
        this.keys = keys;
        this.state = state;
        this.names = names;
    }

    /**
     * Signs every log that has grown, and publishes what is due.
     *
     * @throws Exception of the first log that could not be signed or published, with those of others; what was published counts
     */
    void run() throws Exception {
        var round = new PublishingRound(state);
        round.attempt(() -> signAll(round), Destination.values());
        // also where signing failed: what was signed before is right, and due
        for (Map.Entry<Integer, SignedCheckpoint> newest : new TreeMap<>(signed).entrySet()) {
            int log = newest.getKey();
            round.attempt(() -> publisher.write(log, newest.getValue()), Destination.DIRECTORY);
            round.attempt(() -> publisher.announce(log, newest.getValue()), Destination.TOPIC);
        }
        round.end();
    }

    /** Writes to the directory what it has not got yet, due or not: the process ends, and forgets what it has signed. */
    void close() {
        signed.forEach((log, newest) -> {
            try {
                publisher.writeNow(log, newest);
            } catch (IOException | RuntimeException failure) { // the next process does it
                LOGGER.atWarn().addKeyValue("log", log).setCause(failure).log("checkpoint is not in the directory yet");
            }
        });
    }

    /** Logs that have leaves, and those that had: a log whose rows are gone is missed where its checkpoints are. */
    private SortedSet<Integer> all() throws IOException {
        var all = new TreeSet<>(store.logs());
        all.addAll(directory.logs(names.name())); // the database's owner can delete its checkpoints with the rest
        all.addAll(signed.keySet());
        logs.heads().forEach(head -> all.add(head.log()));
        return all;
    }

    private void signAll(PublishingRound round) throws IOException {
        directory.publish(keys.verifiers());
        for (int log : all()) {
            round.attempt(() -> signUnlessDamaged(log), Destination.values());
        }
    }

    private void signUnlessDamaged(int log) throws IOException {
        try {
            sign(log);
        } catch (LogDamagedException damage) {
            if (state.damaged(log, String.valueOf(damage.getMessage()))) {
                LOGGER.atError()
                        .addKeyValue("log", log)
                        .addKeyValue("damage", damage.getMessage())
                        .log("log is not what was published, it gets no checkpoint");
            }
        }
    }

    private void sign(int log) throws IOException {
        var published = directory.newest(names.origin(log));
        var stored = store.newest(log).map(CheckpointStore.Stored::signed);
        // after the checkpoints: another replica may sign what has come since, and the log would seem to have shrunk
        var head = logs.head(log).orElse(new LogHead(log, Frontier.empty()));
        var known = larger(published, Optional.ofNullable(signed.get(log)));
        if (head.tree().size() == 0 && known.isEmpty() && stored.isEmpty()) {
            return; // a folder that a crash left empty
        }
        if (isAt(known, head) && isAt(stored, head)) {
            remember(log, known.orElseThrow());
            return;
        }
        check(
                head,
                Stream.of(published, known, stored)
                        .flatMap(Optional::stream)
                        .distinct()
                        .toList());
        var checkpoint = new Checkpoint(
                names.origin(log), head.tree().size(), head.tree().root());
        var next = new SignedCheckpoint(checkpoint, keys.sign(checkpoint.body()).toText());
        // Before anybody else has it: an export ends at the newest that is in the database, in every replica, and
        // whoever held a newer one would take the log for cut. What a crash leaves there alone is followed by the next.
        store.insert(log, next);
        remember(log, next);
        LOGGER.atDebug()
                .addKeyValue("log", log)
                .addKeyValue("size", next.size())
                .log("checkpoint signed");
    }

    private void remember(int log, SignedCheckpoint right) {
        signed.put(log, right);
        state.signed(log, right.size());
    }

    private static Optional<SignedCheckpoint> larger(
            Optional<SignedCheckpoint> published, Optional<SignedCheckpoint> own) {
        return own.filter(one -> published.isEmpty() || published.get().size() < one.size())
                .or(() -> published);
    }

    private static boolean isAt(Optional<SignedCheckpoint> signed, LogHead head) {
        return signed.filter(one -> one.checkpoint().size() == head.tree().size()
                        && one.checkpoint().root().equals(head.tree().root()))
                .isPresent();
    }

    /** @throws LogDamagedException unless the log begins with everything that was signed */
    private void check(LogHead head, List<SignedCheckpoint> before) {
        var tree = logs.tree(head.log(), head.tree().size());
        var root = tree.root();
        if (!root.equals(head.tree().root())) {
            throw new LogDamagedException(
                    head.log(),
                    "log %d, size %d: its hashes lead to another root than its head"
                            .formatted(head.log(), head.tree().size()));
        }
        for (var signed : before) {
            requireOurs(head.log(), signed);
            if (signed.size() > head.tree().size()) {
                throw new LogDamagedException(
                        head.log(),
                        "log %d, size %d: a checkpoint of size %d was published"
                                .formatted(head.log(), head.tree().size(), signed.size()));
            }
            if (!tree.consistencyProof(signed.size())
                    .verifies(signed.checkpoint().root(), root)) {
                throw new LogDamagedException(
                        head.log(),
                        "log %d, size %d: it does not begin with the checkpoint of size %d"
                                .formatted(head.log(), head.tree().size(), signed.size()));
            }
        }
    }

    private void requireOurs(int log, SignedCheckpoint signed) {
        try {
            SignedNote.parse(signed.note()).verify(keys.verifiers());
        } catch (NoteException e) {
            throw new LogDamagedException(
                    log, "log %d: the checkpoint of size %d, %s".formatted(log, signed.size(), e.getMessage()));
        }
    }
}
