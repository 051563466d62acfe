package io.deepsuite.proof.bundle;

import io.deepsuite.proof.merkle.Frontier;
import io.deepsuite.proof.merkle.GrowingFrontier;
import io.deepsuite.proof.note.Checkpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Checkpoints that the auditor kept, compared with one log of a bundle as it grows. */
final class HeldCheckpoints {

    /** How long an export may take to reach whoever verifies it, before it counts as an old one. */
    static final Duration ON_ITS_WAY = Duration.ofHours(1);

    private final Map<String, NavigableMap<Long, HeldCheckpoint>> held = new HashMap<>();
    private NavigableMap<Long, HeldCheckpoint> ofLog = new TreeMap<>();
    private String origin = "";
    private long next = Long.MAX_VALUE;

    HeldCheckpoints(Collection<HeldCheckpoint> kept) {
        for (HeldCheckpoint one : kept) {
            NavigableMap<Long, HeldCheckpoint> ofLog =
                    held.computeIfAbsent(one.checkpoint().origin(), _ -> new TreeMap<>());
            HeldCheckpoint other = ofLog.get(one.checkpoint().size());
            if (other == null || one.since().isBefore(other.since())) {
                ofLog.put(one.checkpoint().size(), one);
            }
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

    /**
     * What the checkpoints speak of and the bundle does not have, one line each, for people: logs that were held before it was made, and what a bundle that is old
     * by its own word cannot have. Only its maker says when that was, so an old one is told apart rather than believed.
     */
    List<String> absent(Coverage coverage, Instant created) {
        List<String> absent = new ArrayList<>();
        held.forEach((log, ofLog) -> ofLog.descendingMap().values().stream()
                .filter(kept -> kept.checkpoint().size() > coverage.reached(log))
                .filter(kept -> isLater(kept, created)
                        || (!coverage.has(log) && kept.since().isBefore(created)))
                .findFirst()
                .ifPresent(kept -> absent.add("%s not here, of a checkpoint that is held since %s"
                        .formatted(
                                Places.leaves(
                                        log,
                                        coverage.reached(log),
                                        kept.checkpoint().size() - 1),
                                kept.since()))));
        return absent;
    }

    /** The suite signs within seconds, so checkpoints that came while an export was on its way are no older than this. */
    private static boolean isLater(HeldCheckpoint kept, Instant created) {
        return !kept.since().equals(Instant.MAX) && kept.since().isAfter(created.plus(ON_ITS_WAY));
    }

    private void seek(long size) {
        Long key = ofLog.ceilingKey(size);
        next = key == null ? Long.MAX_VALUE : key;
    }

    private String place(long from, long to) {
        return Places.leaves(origin, from, to - 1);
    }
}
