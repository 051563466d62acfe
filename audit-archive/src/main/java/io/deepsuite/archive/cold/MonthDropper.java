package io.deepsuite.archive.cold;

import io.deepsuite.archive.cold.Manifest.ArchivedRun;
import io.deepsuite.proof.merkle.Tile;
import io.deepsuite.proof.merkle.TreeHash;
import java.io.IOException;
import java.time.YearMonth;

/**
 * Lets a month leave the store when its archive has been verified again. The store's own copy is compared with the log before: one that was tampered with is
 * evidence, and stays.
 */
public final class MonthDropper {

    /** Leaves that are read at once; a multiple of a tile's. */
    private static final int CHUNK = 8 * Tile.WIDTH;

    private final ColdStore store;
    private final ColdArchive archive;
    private final DropStore drops;

    public MonthDropper(ColdStore store, ColdArchive archive, DropStore drops) {
        this.store = store;
        this.archive = archive;
        this.drops = drops;
    }

    /**
     * What left, and what did not.
     *
     * @param events events that are in the archive only from now on
     * @param late events that came after the month was archived, and stay
     */
    public record Dropped(long events, long late) {}

    /**
     * Drops a month.
     *
     * @throws ArchiveException if it is not archived, the archive is not what was recorded, or the store's copy is not what was sealed; or no lock was to be had
     */
    public Dropped drop(YearMonth month) {
        try {
            store.begin(month);
            var manifest = archive.verified(month, store.digest(month));
            long unsealed = store.unsealed();
            if (unsealed > 0) {
                throw new ArchiveException(
                        "month %s: %d events are in no log (expected: none)".formatted(month, unsealed));
            }
            for (var run : manifest.logs()) {
                requireSealed(month, run);
            }
            var tenants = store.tenants(manifest.logs());
            long events = tenants.values().stream().mapToLong(Long::longValue).sum();
            if (events != manifest.events()) {
                throw new ArchiveException("month %s: %d events in the store that are in the archive (expected: %d)"
                        .formatted(month, events, manifest.events()));
            }
            store.end();
            return new Dropped(events, drops.drop(month, manifest.logs(), tenants));
        } catch (IOException e) {
            throw new ArchiveException("month " + month + ": " + e.getMessage(), e);
        } finally {
            store.end();
        }
    }

    private void requireSealed(YearMonth month, ArchivedRun run) {
        for (long next = run.from(); next < run.to(); ) {
            long end = Math.min(run.to(), (next / CHUNK + 1) * CHUNK);
            long firstSealed = next / Tile.WIDTH * Tile.WIDTH;
            var sealed = store.sealed(run.log(), firstSealed, end);
            for (var leaf : store.leaves(run.log(), next, end)) {
                var hash = sealed.get((int) (leaf.index() - firstSealed));
                boolean intact = switch (leaf) {
                    case ColdStore.Leaf.OfMonth event ->
                        TreeHash.ofLeaf(event.bytes()).equals(hash);
                    case ColdStore.Leaf.OfAnother _ -> true;
                    case ColdStore.Leaf.Lost _ -> false;
                };
                if (!intact) {
                    throw new ArchiveException(
                            "month %s: %s, leaf %d: the store does not have the event that was sealed"
                                    .formatted(month, run.origin(), leaf.index()));
                }
            }
            next = end;
        }
    }
}
