package io.deepsuite.audit.proof;

import io.deepsuite.audit.checkpoint.CheckpointStore;
import io.deepsuite.audit.seal.LogStore;
import io.deepsuite.audit.seal.SealConfig;
import io.deepsuite.audit.tier.TierStore;
import io.deepsuite.proof.bundle.BundleWriter;
import io.deepsuite.proof.merkle.Tile;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes bundles: events as they are stored, compared with what was sealed. Where they differ, or an event is gone, the bundle says so; it does not hide it,
 * and the verifier names the place. Where it says that an event is in an archive, the verifier has to be shown that. Events of other tenants are left out, and
 * keep their places.
 */
@ApplicationScoped
public class BundleService {

    /** Leaves that are read at once; a multiple of a tile's. */
    static final int CHUNK = 8 * Tile.WIDTH;

    /** Checkpoints on the way through a log, at most about so many. */
    private static final int WAYPOINTS = 500;

    private final ProofStore store;
    private final LogStore logs;
    private final CheckpointStore checkpoints;
    private final TierStore tiers;
    private final SealConfig names;

    BundleService(ProofStore store, LogStore logs, CheckpointStore checkpoints, TierStore tiers, SealConfig names) {
        this.tiers = tiers;
        this.store = store;
        this.logs = logs;
        this.checkpoints = checkpoints;
        this.names = names;
    }

    /**
     * Writes runs of logs.
     *
     * @param tenant whose events the reader may see
     * @param created when the runs' newest checkpoints were asked for, or before: the bundle reaches what was published until then
     */
    void write(List<RunExport> runs, String tenant, Instant created, OutputStream out) throws IOException {
        var writer = new BundleWriter(out, created);
        var leaves = new LeafWriter(writer, tenant, month -> tiers.month(month, names.timeout()));
        for (var run : runs) {
            write(run, leaves, writer);
        }
        writer.end();
    }

    /**
     * Writes single events.
     *
     * @param covering newest checkpoints of their logs
     * @param created when those were asked for, or before
     */
    void write(
            List<SealedRecord> records,
            Map<Integer, CheckpointStore.Stored> covering,
            Instant created,
            OutputStream out)
            throws IOException {
        var writer = new BundleWriter(out, created);
        var byLog =
                records.stream().collect(Collectors.groupingBy(SealedRecord::log, TreeMap::new, Collectors.toList()));
        for (Entry<Integer, List<SealedRecord>> entry : byLog.entrySet()) {
            var signed = Objects.requireNonNull(covering.get(entry.getKey())).signed();
            var tree = logs.tree(entry.getKey(), signed.size());
            writer.beginChoice(names.origin(entry.getKey()), signed.note());
            for (var record : entry.getValue()) {
                writer.chosen(record.event(), tree.inclusionProof(record.leaf()));
            }
            writer.endChoice(entry.getValue().size());
        }
        writer.end();
    }

    private void write(RunExport run, LeafWriter leaves, BundleWriter writer) throws IOException {
        writer.beginRange(
                names.origin(run.log()), logs.tree(run.log(), run.from()).frontier());
        var waypoints = checkpoints.between(run.log(), run.from(), run.to(), WAYPOINTS).stream()
                .collect(Collectors.toMap(
                        stored -> stored.signed().size(),
                        stored -> stored.signed().note()));
        run.cosigned().ifPresent(cosigned -> waypoints.put(cosigned.size(), cosigned.note()));
        long next = run.from();
        while (next < run.to()) {
            long end = Math.min(run.to(), (next / CHUNK + 1) * CHUNK);
            if (!writeChunk(new Chunk(run.log(), next, end), leaves, waypoints, writer)) {
                break; // neither event nor hash is left: the run ends before it should, and the verifier says so
            }
            next = end;
        }
        writer.endRange(
                logs.tree(run.log(), run.newest().size()).consistencyProof(run.to()),
                run.newest().note());
    }

    /** @return whether there was something to write at every place */
    private boolean writeChunk(Chunk chunk, LeafWriter leaves, Map<Long, String> waypoints, BundleWriter writer)
            throws IOException {
        long firstSealed = chunk.from() / Tile.WIDTH * Tile.WIDTH;
        var sealed = logs.leaves(chunk.log(), firstSealed, chunk.to());
        var stored = store.leaves(chunk.log(), chunk.from(), chunk.to()).stream()
                .collect(Collectors.toMap(StoredLeaf::leaf, Function.identity()));
        for (long place = chunk.from(); place < chunk.to(); place++) {
            int at = (int) (place - firstSealed);
            if (at >= sealed.size()) {
                return false;
            }
            var leaf = stored.get(place);
            leaves.write(leaf == null ? new StoredLeaf(place, null, null) : leaf, sealed.get(at));
            var waypoint = waypoints.get(place + 1);
            if (waypoint != null) {
                writer.signed(waypoint);
            }
        }
        return true;
    }

    private record Chunk(int log, long from, long to) {}
}
