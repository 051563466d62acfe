package io.deepsuite.proof.bundle;

import io.deepsuite.proof.bundle.SourceLedger.Gap;
import io.deepsuite.proof.merkle.ConsistencyProof;
import io.deepsuite.proof.merkle.Frontier;
import io.deepsuite.proof.merkle.GrowingFrontier;
import io.deepsuite.proof.merkle.InclusionProof;
import io.deepsuite.proof.merkle.TreeHash;
import io.deepsuite.proof.note.Checkpoint;
import io.deepsuite.proof.note.NoteException;
import io.deepsuite.proof.note.NoteVerifier;
import io.deepsuite.proof.note.SignedNote;
import io.deepsuite.proof.note.WitnessPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One pass over a bundle, line by line. */
final class BundlePass {

    private final List<NoteVerifier> keys;
    private final WitnessPolicy witnesses;
    private final HeldCheckpoints held;
    private final List<String> logs = new ArrayList<>();
    private final Coverage coverage = new Coverage();
    private final SourceLedger ledger = new SourceLedger();
    private Instant created = Instant.EPOCH;
    private long lines;
    private long events;
    private long withheld;
    private final ArchivedLeaves archived;
    private boolean ended;
    private @Nullable String origin;
    private @Nullable GrowingFrontier frontier;
    private @Nullable Checkpoint choice;
    private Frontier rangeBefore = Frontier.empty();
    private long rangeStart;
    private long lastSigned;
    private long lastWitnessed;
    private long chosen;

    BundlePass(
            List<NoteVerifier> keys,
            Collection<HeldCheckpoint> held,
            WitnessPolicy witnesses,
            ArchivedLeaves archived) {
        this.archived = archived;
        this.witnesses = witnesses;
        this.keys = keys;
        this.held = new HeldCheckpoints(held);
    }

    /** Lines taken so far. */
    long lines() {
        return lines;
    }

    /** @throws Refusal at the first fault */
    void take(BundleLine line) {
        if (ended) {
            throw new Refusal("line " + (lines + 1), "something follows the end of the bundle");
        }
        if (lines == 0 != line instanceof BundleLine.Header) {
            throw new Refusal("line " + (lines + 1), "the first line, and only the first, is the header");
        }
        lines++;
        switch (line) {
            case BundleLine.Header header -> header(header);
            case BundleLine.RangeStart start -> rangeStart(start);
            case BundleLine.Event event -> event(event);
            case BundleLine.Withheld leaf -> withheld(leaf);
            case BundleLine.Lost _ -> lost();
            case BundleLine.Archive archive -> archived.name(archive);
            case BundleLine.Archived leaf -> archived(leaf);
            case BundleLine.Signed signed -> signed(signed);
            case BundleLine.RangeEnd end -> rangeEnd(end);
            case BundleLine.ChoiceStart start -> choiceStart(start);
            case BundleLine.Chosen event -> chosen(event);
            case BundleLine.ChoiceEnd end -> choiceEnd(end);
            case BundleLine.End end -> end(end);
        }
    }

    /** The verdict when nothing follows. */
    Verdict finish() {
        if (!ended) {
            throw new Refusal("line " + lines, "the bundle was cut: its last line is missing");
        }
        var valid = new Verdict.Valid(events, withheld, unseen(), logs, ledger.sources(), created, absent());
        return archived.unchecked() == 0
                ? valid
                : new Verdict.Incomplete(valid, archived.unchecked(), archived.uncheckedPlaces());
    }

    private List<String> absent() {
        if (coverage.isEmpty()) {
            return List.of("no log is here as a run of its leaves");
        }
        List<String> absent = new ArrayList<>(coverage.absent());
        absent.addAll(held.absent(coverage, created));
        return absent.isEmpty() ? tails() : absent;
    }

    /** Ends of sources that are not here though all leaves are. The successor may have come through first, on its way through another log. */
    private List<String> tails() {
        return unseen() <= hidden()
                ? List.of()
                : ledger.tails().stream().map(SourceLedger.Tail::toString).toList();
    }

    /** Numbers of sources that no event of the bundle has. */
    private long unseen() {
        return ledger.missing()
                + ledger.tails().stream().mapToLong(SourceLedger.Tail::count).sum();
    }

    private void header(BundleLine.Header header) {
        if (!header.version().equals(BundleFormat.VERSION)) {
            throw new Refusal("header", "format %s (expected: %s)".formatted(header.version(), BundleFormat.VERSION));
        }
        created = header.created();
    }

    private void rangeStart(BundleLine.RangeStart start) {
        requireOutside();
        origin = start.origin();
        Frontier before;
        try {
            before = new Frontier(start.from(), start.peaks());
        } catch (IllegalArgumentException e) {
            throw new Refusal(start.origin(), String.valueOf(e.getMessage()));
        }
        frontier = new GrowingFrontier(before);
        rangeBefore = before;
        rangeStart = start.from();
        lastSigned = start.from();
        lastWitnessed = -1;
        held.begin(start.origin(), before);
    }

    private void event(BundleLine.Event event) {
        GrowingFrontier reached = inRun("an event");
        requireSealed(reached.size(), event.leaf(), event.sealed());
        follow(event.source(), reached.size());
        grow(reached, event.leaf());
        events++;
    }

    private void withheld(BundleLine.Withheld leaf) {
        GrowingFrontier reached = inRun("a leaf");
        requireSealed(reached.size(), leaf.leaf(), leaf.sealed());
        grow(reached, leaf.leaf());
        withheld++;
    }

    private void requireSealed(long place, TreeHash leaf, @Nullable TreeHash sealed) {
        if (sealed != null && !sealed.equals(leaf)) {
            throw new Refusal(
                    Places.leaf(origin(), place), "the event was changed: it is not the one that was sealed here");
        }
    }

    private void lost() {
        throw new Refusal(
                Places.leaf(origin(), inRun("a leaf").size()), "the event was deleted: only its leaf hash is left");
    }

    /** An event that is found in the archive counts as if it stood here; one that cannot be looked for is not vouched for. */
    private void archived(BundleLine.Archived leaf) {
        GrowingFrontier reached = inRun("a leaf");
        archived.find(leaf, origin(), reached.size()).ifPresent(event -> {
            follow(event.source(), reached.size());
            events++;
        });
        grow(reached, leaf.leaf());
    }

    private void grow(GrowingFrontier reached, TreeHash leaf) {
        reached.append(leaf);
        held.compare(reached);
    }

    private void signed(BundleLine.Signed signed) {
        Frontier reached = inRun("a checkpoint").frontier();
        Checkpoint checkpoint = checkpoint(signed.note(), WitnessPolicy.NONE);
        if (checkpoint.size() != reached.size()) {
            throw new Refusal(
                    Places.leaf(origin(), reached.size()),
                    "a checkpoint of size %d stands here (expected: %d)".formatted(checkpoint.size(), reached.size()));
        }
        if (!checkpoint.root().equals(reached.root())) {
            throw differs(checkpoint, reached);
        }
        lastSigned = reached.size();
        if (witnesses.isMet(SignedNote.parse(signed.note()))) {
            lastWitnessed = reached.size();
        }
    }

    private void rangeEnd(BundleLine.RangeEnd end) {
        Frontier reached = inRun("the end of a run").frontier();
        if (reached.size() != end.to()) {
            throw missing()
                    .orElseGet(() -> new Refusal(
                            Places.leaf(origin(), reached.size()),
                            "the run ends at leaf %d (expected: %d events up to leaf %d)"
                                    .formatted(reached.size(), end.to() - rangeStart, end.to())));
        }
        Checkpoint checkpoint =
                checkpoint(end.note(), lastWitnessed == reached.size() ? WitnessPolicy.NONE : witnesses);
        held.requireReach(checkpoint, created);
        if (checkpoint.size() < reached.size()
                || !new ConsistencyProof(reached.size(), checkpoint.size(), end.path())
                        .verifies(reached.root(), checkpoint.root())) {
            throw missing().orElseGet(() -> differs(checkpoint, reached));
        }
        logs.add("%s of %d".formatted(Places.leaves(origin(), rangeStart, reached.size() - 1), checkpoint.size()));
        boolean endsWhereWitnessed = witnesses.quorum() > 0 && lastWitnessed == reached.size();
        coverage.add(origin(), rangeBefore, reached, endsWhereWitnessed ? reached.size() : checkpoint.size());
        frontier = null;
        origin = null;
    }

    private Refusal differs(Checkpoint checkpoint, Frontier reached) {
        return new Refusal(
                Places.leaves(origin(), lastSigned, reached.size() - 1),
                "the events are not those that the checkpoint of size %d signed".formatted(checkpoint.size()));
    }

    private void choiceStart(BundleLine.ChoiceStart start) {
        requireOutside();
        origin = start.origin();
        Checkpoint checkpoint = checkpoint(start.note(), witnesses);
        held.requireReach(checkpoint, created);
        choice = checkpoint;
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
                        .verifies(event.hash(), checkpoint.root())) {
            throw new Refusal(
                    Places.leaf(origin(), event.leaf()),
                    "the event is not the one that the checkpoint of size %d signed".formatted(checkpoint.size()));
        }
        chosen++;
        events++;
    }

    private void choiceEnd(BundleLine.ChoiceEnd end) {
        if (choice == null || end.count() != chosen) {
            throw new Refusal(String.valueOf(origin), "%d chosen events (expected: %d)".formatted(chosen, end.count()));
        }
        logs.add("%s: %d chosen events of %d".formatted(origin, chosen, choice.size()));
        choice = null;
        origin = null;
    }

    private void end(BundleLine.End end) {
        requireOutside();
        missing().ifPresent(gap -> {
            throw gap;
        });
        long leaves = events + hidden();
        if (end.leaves() != leaves) {
            throw new Refusal("end", "%d leaves (expected: %d)".formatted(leaves, end.leaves()));
        }
        ended = true;
    }

    /** Leaves without their events. */
    private long hidden() {
        return withheld + archived.unchecked();
    }

    /** Numbers that no event of the bundle has; those of hidden leaves are not missed. */
    private Optional<Refusal> missing() {
        Optional<Gap> gap = hidden() > 0 && ledger.missing() <= hidden() ? Optional.empty() : ledger.firstGap();
        return gap.map(found -> new Refusal("%s, source %s".formatted(found.place(), found.source()), found.fault()));
    }

    private void follow(@Nullable EventSource source, long leaf) {
        if (source == null) {
            throw new Refusal(Places.leaf(origin(), leaf), "not an audit event: it names no source");
        }
        ledger.take(source, rangeStart == 0, origin(), leaf).ifPresent(fault -> {
            throw new Refusal("%s, source %s".formatted(Places.leaf(origin(), leaf), source.name()), fault);
        });
    }

    /** Reads a checkpoint. A run needs one that is co-signed where its leaves end, or beyond: those on the way only tell where a fault is. */
    private Checkpoint checkpoint(String text, WitnessPolicy cosigned) {
        try {
            SignedNote note = SignedNote.parse(text);
            note.verify(keys);
            cosigned.require(note);
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            if (!checkpoint.origin().equals(origin)) {
                throw new Refusal(origin(), "the checkpoint is of log %s".formatted(checkpoint.origin()));
            }
            return checkpoint;
        } catch (NoteException e) {
            throw new Refusal(origin() + ", checkpoint", String.valueOf(e.getMessage()));
        }
    }

    private GrowingFrontier inRun(String what) {
        GrowingFrontier reached = frontier;
        if (reached == null) {
            throw new Refusal("line " + lines, what + " stands outside of a run");
        }
        return reached;
    }

    private void requireOutside() {
        if (origin != null) {
            throw new Refusal("line " + lines, "log %s does not end".formatted(origin));
        }
    }

    private String origin() {
        return String.valueOf(origin);
    }
}
