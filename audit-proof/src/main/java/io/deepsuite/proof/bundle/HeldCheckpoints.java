package io.deepsuite.proof.bundle;

import io.deepsuite.proof.merkle.Frontier;
import io.deepsuite.proof.merkle.GrowingFrontier;
import io.deepsuite.proof.note.Checkpoint;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Checkpoints that the auditor kept, compared with one log of a bundle as it grows. */
final class HeldCheckpoints {

    private final Map<String, NavigableMap<Long, HeldCheckpoint>> held = new HashMap<>();
    private NavigableMap<Long, HeldCheckpoint> ofLog = new TreeMap<>();
    private String origin = "";
    private long next = Long.MAX_VALUE;

    HeldCheckpoints(Collection<HeldCheckpoint> kept) {
        for (HeldCheckpoint one : kept) {
            HeldCheckpoint other = held.computeIfAbsent(one.checkpoint().origin(), _ -> new TreeMap<>())
                    .put(one.checkpoint().size(), one);
            if (other != null
                    && !other.checkpoint().root().equals(one.checkpoint().root())) {
                throw new Refusal(
                        one.checkpoint().origin(),
                        "the log was forked: two checkpoints of size %d with different roots are held"
                                .formatted(one.checkpoint().size()));
            }
        }
    }

    /** A run begins. */
    void begin(String log, Frontier at) {
        origin = log;
        ofLog = held.getOrDefault(log, new TreeMap<>());
        seek(at.size());
        compare(new GrowingFrontier(at));
    }

    /** The run has grown by one leaf. */
    void compare(GrowingFrontier reached) {
        if (reached.size() != next) {
            return;
        }
        HeldCheckpoint kept = ofLog.get(next);
        if (kept != null && !kept.checkpoint().root().equals(reached.frontier().root())) {
            Entry<Long, HeldCheckpoint> before = ofLog.lowerEntry(next);
            throw new Refusal(
                    place(before == null ? 0 : before.getKey(), next),
                    "the log was rewritten: it differs from the checkpoint held of size %d".formatted(next));
        }
        seek(next + 1);
    }

    /** Refuses a log that ends before a checkpoint that was held already when the bundle was made. */
    void requireReach(Checkpoint signed, Instant created) {
        for (HeldCheckpoint kept : held.getOrDefault(signed.origin(), new TreeMap<>())
                .tailMap(signed.size(), false)
                .values()) {
            if (kept.since().isBefore(created)) {
                throw new Refusal(
                        place(signed.size(), kept.checkpoint().size()),
                        "the log was cut: it ends at size %d, and a checkpoint of size %d was held before the bundle was made"
                                .formatted(signed.size(), kept.checkpoint().size()));
            }
        }
        HeldCheckpoint same =
                held.getOrDefault(signed.origin(), new TreeMap<>()).get(signed.size());
        if (same != null && !same.checkpoint().root().equals(signed.root())) {
            throw new Refusal(
                    signed.origin(),
                    "the log was forked: its checkpoint of size %d differs from the one held".formatted(signed.size()));
        }
    }

    private void seek(long size) {
        Long key = ofLog.ceilingKey(size);
        next = key == null ? Long.MAX_VALUE : key;
    }

    private String place(long from, long to) {
        return Places.leaves(origin, from, to - 1);
    }
}
