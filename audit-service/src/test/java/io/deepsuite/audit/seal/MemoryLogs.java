package io.deepsuite.audit.seal;

import io.deepsuite.proof.merkle.Frontier;
import io.deepsuite.proof.merkle.Tile;
import io.deepsuite.proof.merkle.TiledTree;
import io.deepsuite.proof.merkle.TreeHash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Logs in memory, of one tile each. */
@SuppressWarnings("NullAway") // no pool: whatever would ask it is overridden
public class MemoryLogs extends LogStore {

    private final Map<Integer, List<TreeHash>> leaves = new TreeMap<>();

    /** Without logs. */
    public MemoryLogs() {
        super(null, null);
    }

    /** Lets a log grow to a size, at most {@link Tile#WIDTH}. */
    public void grow(int log, int size) {
        var all = leaves.computeIfAbsent(log, _ -> new ArrayList<>());
        while (all.size() < size) {
            var event = "%d/%d".formatted(log, all.size());
            all.add(TreeHash.ofLeaf(event.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** Takes the leaves behind a size away. */
    public void cut(int log, int size) {
        leaves.computeIfPresent(log, (_, all) -> new ArrayList<>(all.subList(0, size)));
    }

    /** Takes all rows of a log away. */
    public void delete(int log) {
        leaves.remove(log);
    }

    @Override
    public List<LogHead> heads() {
        return leaves.keySet().stream().flatMap(log -> head(log).stream()).toList();
    }

    @Override
    public Optional<LogHead> head(int log) {
        return Optional.ofNullable(leaves.get(log)).map(all -> {
            var tree = Frontier.empty();
            for (var leaf : all) {
                tree = tree.append(leaf);
            }
            return new LogHead(log, tree);
        });
    }

    @Override
    public TiledTree tree(int log, long size) {
        var all = leaves.getOrDefault(log, List.of());
        return new TiledTree(size, (level, index, width) -> {
            if (all.size() < width) {
                throw new LogDamagedException(
                        log,
                        "log %d, tile %d/%d: %d hashes (expected: at least %d)"
                                .formatted(log, level, index, all.size(), width));
            }
            return Tile.of(all.subList(0, width));
        });
    }
}
