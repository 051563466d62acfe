package io.deepsuite.proof.bundle;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.deepsuite.proof.merkle.ConsistencyProof;
import io.deepsuite.proof.merkle.Frontier;
import io.deepsuite.proof.merkle.InclusionProof;
import io.deepsuite.proof.merkle.TreeHash;
import io.deepsuite.proof.note.Checkpoint;
import io.deepsuite.proof.note.NoteException;
import io.deepsuite.proof.note.NoteVerifier;
import io.deepsuite.proof.note.SignedNote;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks a bundle with nothing but the log's public keys: every event is in the signed tree at its place, in the order of its source, and nothing is missing
 * between the first and the last of a run. Reads the bundle once, as a stream.
 */
public final class BundleVerifier {

    private final List<NoteVerifier> keys;
    private final List<Checkpoint> held;

    /**
     * @param keys public keys of the log, one of which must have signed
     * @param held checkpoints that the auditor kept from earlier; each must be the beginning of the log as far as the bundle shows it
     */
    public BundleVerifier(Collection<NoteVerifier> keys, Collection<Checkpoint> held) {
        this.keys = List.copyOf(keys);
        this.held = List.copyOf(held);
    }

    /**
     * Checks a bundle.
     *
     * @param in the bundle; not closed
     */
    public Verdict verify(InputStream in) {
        var run = new Run();
        try (JsonParser json = new JsonFactory().createParser(in).disable(JsonParser.Feature.AUTO_CLOSE_SOURCE)) {
            for (BundleLine line = BundleLine.read(json); line != null; line = BundleLine.read(json)) {
                run.take(line);
            }
            return run.finish();
        } catch (Refusal refusal) {
            return new Verdict.Invalid(refusal.place, refusal.fault);
        } catch (IOException malformed) {
            return new Verdict.Invalid("line " + (run.lines + 1), String.valueOf(malformed.getMessage()));
        }
    }

    /** A fault and its place. */
    private static final class Refusal extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String place;
        private final String fault;

        private Refusal(String place, String fault) {
            super(fault);
            this.place = place;
            this.fault = fault;
        }
    }

    /** State of one pass over a bundle. */
    private final class Run {

        private final List<String> logs = new ArrayList<>();
        private final SourceLedger ledger = new SourceLedger();
        private long lines;
        private long events;
        private boolean ended;
        private boolean headed;
        private @Nullable String origin;
        private @Nullable Frontier frontier;
        private @Nullable Checkpoint choice;
        private long rangeStart;
        private long chosen;

        private void take(BundleLine line) {
            lines++;
            if (ended) {
                throw new Refusal("line " + lines, "something follows the end of the bundle");
            }
            if (headed == line instanceof BundleLine.Header) {
                throw new Refusal("line " + lines, "the header is not the first line");
            }
            switch (line) {
                case BundleLine.Header header -> header(header);
                case BundleLine.RangeStart start -> rangeStart(start);
                case BundleLine.Event event -> event(event.bytes());
                case BundleLine.RangeEnd end -> rangeEnd(end);
                case BundleLine.ChoiceStart start -> choiceStart(start);
                case BundleLine.Chosen event -> chosen(event);
                case BundleLine.ChoiceEnd end -> choiceEnd(end);
                case BundleLine.End end -> end(end);
            }
        }

        private void header(BundleLine.Header header) {
            if (!header.version().equals(BundleFormat.VERSION)) {
                throw new Refusal(
                        "header", "format %s (expected: %s)".formatted(header.version(), BundleFormat.VERSION));
            }
            headed = true;
        }

        private void rangeStart(BundleLine.RangeStart start) {
            requireOutside();
            origin = start.origin();
            try {
                frontier = new Frontier(start.from(), start.peaks());
            } catch (IllegalArgumentException e) {
                throw new Refusal(start.origin(), String.valueOf(e.getMessage()));
            }
            rangeStart = start.from();
            compareHeld(frontier);
        }

        private void event(byte[] bytes) {
            Frontier before = frontier;
            if (before == null) {
                throw new Refusal("line " + lines, "an event stands outside of a run");
            }
            long leaf = before.size();
            follow(bytes, leaf, rangeStart == 0);
            frontier = before.append(TreeHash.ofLeaf(bytes));
            compareHeld(frontier);
            events++;
        }

        private void rangeEnd(BundleLine.RangeEnd end) {
            Frontier reached = frontier;
            if (reached == null) {
                throw new Refusal("line " + lines, "a run ends that did not begin");
            }
            if (reached.size() != end.to()) {
                throw new Refusal(
                        place(reached.size()),
                        "the run ends at leaf %d (expected: %d events up to leaf %d)"
                                .formatted(reached.size(), end.to() - rangeStart, end.to()));
            }
            Checkpoint checkpoint = checkpoint(end.note());
            if (checkpoint.size() < reached.size()
                    || !new ConsistencyProof(reached.size(), checkpoint.size(), end.path())
                            .verifies(reached.root(), checkpoint.root())) {
                throw new Refusal(
                        "%s, leaves %d to %d".formatted(origin, rangeStart, reached.size() - 1),
                        "the events are not those that the checkpoint of size %d signed".formatted(checkpoint.size()));
            }
            logs.add("%s: leaves %d to %d of %d".formatted(origin, rangeStart, reached.size() - 1, checkpoint.size()));
            frontier = null;
            origin = null;
        }

        private void choiceStart(BundleLine.ChoiceStart start) {
            requireOutside();
            origin = start.origin();
            choice = checkpoint(start.note());
            chosen = 0;
        }

        private void chosen(BundleLine.Chosen event) {
            Checkpoint checkpoint = choice;
            if (checkpoint == null) {
                throw new Refusal("line " + lines, "a chosen event stands outside of a choice");
            }
            if (event.leaf() < 0
                    || event.leaf() >= checkpoint.size()
                    || !new InclusionProof(event.leaf(), checkpoint.size(), event.path())
                            .verifies(TreeHash.ofLeaf(event.bytes()), checkpoint.root())) {
                throw new Refusal(
                        place(event.leaf()),
                        "the event is not the one that the checkpoint of size %d signed".formatted(checkpoint.size()));
            }
            chosen++;
            events++;
        }

        private void choiceEnd(BundleLine.ChoiceEnd end) {
            if (choice == null || end.count() != chosen) {
                throw new Refusal(
                        String.valueOf(origin), "%d chosen events (expected: %d)".formatted(chosen, end.count()));
            }
            logs.add("%s: %d chosen events of %d".formatted(origin, chosen, choice.size()));
            choice = null;
            origin = null;
        }

        private void end(BundleLine.End end) {
            requireOutside();
            if (end.events() != events) {
                throw new Refusal("end", "%d events (expected: %d)".formatted(events, end.events()));
            }
            ended = true;
        }

        private Verdict finish() {
            if (!ended) {
                throw new Refusal("line " + lines, "the bundle was cut: its last line is missing");
            }
            return new Verdict.Valid(events, logs, ledger.sources());
        }

        private void follow(byte[] bytes, long leaf, boolean fromBeginning) {
            try {
                EventSource source = EventSource.read(bytes);
                ledger.take(source, fromBeginning).ifPresent(fault -> {
                    throw new Refusal("%s, source %s".formatted(place(leaf), source.name()), fault);
                });
            } catch (IOException e) {
                throw new Refusal(place(leaf), "not an audit event: " + e.getMessage());
            }
        }

        private void compareHeld(Frontier reached) {
            for (Checkpoint kept : held) {
                if (kept.origin().equals(origin)
                        && kept.size() == reached.size()
                        && !kept.root().equals(reached.root())) {
                    throw new Refusal(
                            place(reached.size()),
                            "the log was rewritten: it differs from the checkpoint held of that size");
                }
            }
        }

        private Checkpoint checkpoint(String text) {
            try {
                SignedNote note = SignedNote.parse(text);
                note.verify(keys);
                Checkpoint checkpoint = Checkpoint.parse(note.text());
                if (!checkpoint.origin().equals(origin)) {
                    throw new Refusal(
                            String.valueOf(origin), "the checkpoint is of log %s".formatted(checkpoint.origin()));
                }
                return checkpoint;
            } catch (NoteException e) {
                throw new Refusal(origin + ", checkpoint", String.valueOf(e.getMessage()));
            }
        }

        private void requireOutside() {
            if (origin != null) {
                throw new Refusal("line " + lines, "log %s does not end".formatted(origin));
            }
        }

        private String place(long leaf) {
            return "%s, leaf %d".formatted(origin, leaf);
        }
    }
}
