package io.deepsuite.servicekit.privacy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** What the recognizers found in a text, in scan order, and the choice among what overlaps: the longest, then by precedence of its {@link EntityType}, then the first. */
final class Candidates {

    private static final int TYPES = EntityType.values().length;
    private static final int RANKS = (EmailRecognizer.MAX_LENGTH + 1) * TYPES;

    private final List<Span> found = new ArrayList<>();
    private int reach;
    private boolean overlapping;

    void add(Span span) {
        overlapping |= span.start() < reach;
        reach = Math.max(reach, span.end());
        found.add(span);
    }

    /** Chosen spans in order of the text, none overlapping another. Time is linear in the number of candidates. */
    List<Span> disjoint() {
        if (!overlapping) {
            return List.copyOf(found);
        }
        var taken = new BitSet(reach);
        var chosen = new BitSet(found.size());
        for (int index : byRank()) {
            Span span = found.get(index);
            // what was chosen before is at least as long, so what overlaps this one covers one of its ends
            if (!taken.get(span.start()) && !taken.get(span.end() - 1)) {
                taken.set(span.start(), span.end());
                chosen.set(index);
            }
        }
        return chosen.stream().mapToObj(found::get).toList();
    }

    /** Indexes of all candidates, best first: a stable counting sort, lengths being bounded. */
    private int[] byRank() {
        var next = new int[RANKS + 1];
        for (Span span : found) {
            next[rank(span) + 1]++;
        }
        for (int rank = 1; rank <= RANKS; rank++) {
            next[rank] += next[rank - 1];
        }
        var order = new int[found.size()];
        for (int index = 0; index < order.length; index++) {
            order[next[rank(found.get(index))]++] = index;
        }
        return order;
    }

    private static int rank(Span span) {
        return (EmailRecognizer.MAX_LENGTH - span.length()) * TYPES
                + span.type().precedence();
    }
}
