package io.deepsuite.audit.checkpoint;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Checkpoints in memory instead of the database. */
@SuppressWarnings("NullAway") // no pool: whatever would ask it is overridden
public class MemoryCheckpoints extends CheckpointStore {

    private final Map<Integer, TreeMap<Long, SignedCheckpoint>> stored = new TreeMap<>();

    /** Without checkpoints. */
    public MemoryCheckpoints() {
        super(null, null);
    }

    /** Takes all rows of a log away. */
    public void delete(int log) {
        stored.remove(log);
    }

    @Override
    public void insert(int log, SignedCheckpoint signed) {
        stored.computeIfAbsent(log, _ -> new TreeMap<>()).putIfAbsent(signed.size(), signed);
    }

    @Override
    public List<Integer> logs() {
        return List.copyOf(stored.keySet());
    }

    @Override
    public Optional<Stored> newest(int log) {
        return Optional.ofNullable(stored.get(log))
                .map(sizes -> new Stored(sizes.lastEntry().getValue(), Instant.EPOCH));
    }
}
