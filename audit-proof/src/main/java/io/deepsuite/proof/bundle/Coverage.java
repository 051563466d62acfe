package io.deepsuite.proof.bundle;

import io.deepsuite.proof.merkle.Frontier;
import io.deepsuite.proof.merkle.TreeHash;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How much of each log a bundle has. What it has may be sound and still not be all. */
final class Coverage {

    private final Map<String, Reach> logs = new LinkedHashMap<>();

    /**
     * A sound run.
     *
     * @param before tree at its first leaf
     * @param after tree behind its last leaf
     * @param needed size up to which the log was signed, or co-signed where that was asked for
     */
    void add(String log, Frontier before, Frontier after, long needed) {
        var reach = logs.computeIfAbsent(log, _ -> new Reach());
        if (before.size() == reach.size && before.root().equals(reach.root)) {
            reach.size = after.size();
            reach.root = after.root();
        }
        reach.needed = Math.max(reach.needed, needed);
    }

    /** Leaves of a log that are here, from the first one without a gap. */
    long reached(String log) {
        var reach = logs.get(log);
        return reach == null ? 0 : reach.size;
    }

    /** Whether any run of a log is here; how far it had to reach is known then. */
    boolean has(String log) {
        return logs.containsKey(log);
    }

    boolean isEmpty() {
        return logs.isEmpty();
    }

    /** What is not here although it was signed, one line each, for people. */
    List<String> absent() {
        List<String> absent = new ArrayList<>();
        logs.forEach((log, reach) -> {
            if (reach.size < reach.needed) {
                absent.add(
                        "%s not here, of %d".formatted(Places.leaves(log, reach.size, reach.needed - 1), reach.needed));
            }
        });
        return absent;
    }

    private static final class Reach {

        private long size;
        private TreeHash root = Frontier.empty().root();
        private long needed;
    }
}
