package io.deepsuite.proof.witness;

import io.deepsuite.proof.merkle.ConsistencyProof;
import io.deepsuite.proof.note.Checkpoint;
import io.deepsuite.proof.note.Cosigner;
import io.deepsuite.proof.note.NoteException;
import io.deepsuite.proof.note.NoteVerifier;
import io.deepsuite.proof.note.SignedNote;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Co-signs a checkpoint if it is signed by the log and continues the last one that was co-signed. The first one of a log is taken on trust. */
public final class Witness {

    private final Cosigner cosigner;
    private final List<NoteVerifier> logKeys;
    private final WitnessState state;
    private final InstantSource clock;

    /**
     * @param logKeys keys of the logs' operator, who may name logs as they like
     * @param state what was co-signed before
     */
    public Witness(Cosigner cosigner, Collection<NoteVerifier> logKeys, WitnessState state, InstantSource clock) {
        this.cosigner = cosigner;
        this.logKeys = List.copyOf(logKeys);
        this.state = state;
        this.clock = clock;
    }

    /**
     * Co-signs.
     *
     * @return the checkpoint with its own signatures and the new one; remembered on disk already
     * @throws WitnessRefusal when the log was forked or has shrunk, or the request does not begin at the last checkpoint
     * @throws NoteException when none of the log's keys signed
     */
    public SignedNote cosign(WitnessRequest request) throws IOException {
        request.note().verify(logKeys);
        Checkpoint asked = request.checkpoint();
        Optional<Checkpoint> last = state.last(asked.origin()).map(note -> Checkpoint.parse(note.text()));
        if (last.isPresent()) {
            requireContinuation(request, last.get());
        } else if (request.oldSize() != 0 || !request.path().isEmpty()) {
            throw new WitnessRefusal("log %s: the request begins at size %d (expected: 0, nothing was co-signed yet)"
                    .formatted(asked.origin(), request.oldSize()));
        }
        SignedNote cosigned = cosigner.cosign(request.note(), clock.instant());
        state.set(asked.origin(), cosigned);
        return cosigned;
    }

    private static void requireContinuation(WitnessRequest request, Checkpoint last) {
        Checkpoint asked = request.checkpoint();
        if (asked.size() < last.size()) {
            throw new WitnessRefusal("log %s has shrunk: its size is %d, and size %d was co-signed before"
                    .formatted(asked.origin(), asked.size(), last.size()));
        }
        if (asked.size() == last.size() && !asked.root().equals(last.root())) {
            throw new WitnessRefusal("log %s was forked: size %d has root %s, and size %d was co-signed with root %s"
                    .formatted(
                            asked.origin(),
                            asked.size(),
                            asked.root().toBase64(),
                            last.size(),
                            last.root().toBase64()));
        }
        if (request.oldSize() != last.size()) {
            throw new WitnessRefusal("log %s: the request begins at size %d (expected: %d, which was co-signed last)"
                    .formatted(asked.origin(), request.oldSize(), last.size()));
        }
        if (!new ConsistencyProof(last.size(), asked.size(), request.path()).verifies(last.root(), asked.root())) {
            throw new WitnessRefusal(
                    "log %s was forked: nothing proves that size %d begins with size %d, which was co-signed"
                            .formatted(asked.origin(), asked.size(), last.size()));
        }
    }
}
