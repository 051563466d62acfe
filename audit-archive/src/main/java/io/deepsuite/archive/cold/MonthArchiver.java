package io.deepsuite.archive.cold;

import io.deepsuite.archive.cold.Manifest.ArchivedRun;
import io.deepsuite.proof.bundle.BundleWriter;
import io.deepsuite.proof.merkle.Tile;
import io.deepsuite.proof.merkle.TiledTree;
import java.io.IOException;
import java.io.OutputStream;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.List;

/** Copies a closed month to the archive: writes it, reads it back, has it verified, and only then records it. The month itself stays in the store until a {@link MonthDropper} comes for it. */
public final class MonthArchiver {

    /** Leaves that are read at once; a multiple of a tile's. */
    private static final int CHUNK = 8 * Tile.WIDTH;

    private final ColdStore store;
    private final ColdArchive archive;
    private final InstantSource clock;

    public MonthArchiver(ColdStore store, ColdArchive archive, InstantSource clock) {
        this.store = store;
        this.archive = archive;
        this.clock = clock;
    }

    /**
     * Archives a month.
     *
     * @return events of the month
     * @throws ArchiveException if the month is not sealed to its end yet, or what was written does not verify
     */
    public long archive(YearMonth month) {
        try {
            store.begin(month);
            long unsealed = store.unsealed();
            if (unsealed > 0) {
                throw new ArchiveException(
                        "month %s: %d events are in no log (expected: none)".formatted(month, unsealed));
            }
            var runs = store.runs();
            var created = clock.instant();
            var file = archive.write(month, out -> write(runs, out));
            long events = runs.stream().mapToLong(ArchivedRun::events).sum();
            var manifest = new Manifest(Manifest.FORMAT, month.toString(), created.toString(), events, file, runs);
            store.record(month, archive.location(month), archive.finish(month, manifest), events);
            return events;
        } catch (IOException e) {
            throw new ArchiveException("month " + month + ": " + e.getMessage(), e);
        } finally {
            store.end();
        }
    }

    private void write(List<ArchivedRun> runs, OutputStream out) throws IOException {
        var writer = new BundleWriter(out, clock.instant());
        for (var run : runs) {
            writer.beginRange(run.origin(), tree(run, run.from()).frontier());
            for (long next = run.from(); next < run.to(); ) {
                long end = Math.min(run.to(), (next / CHUNK + 1) * CHUNK);
                writeChunk(run, next, end, writer);
                next = end;
            }
            writer.endRange(
                    tree(run, run.checkpointSize()).consistencyProof(run.to()),
                    store.checkpoint(run.log(), run.checkpointSize()));
        }
        writer.end();
    }

    private void writeChunk(ArchivedRun run, long from, long to, BundleWriter writer) throws IOException {
        long firstSealed = from / Tile.WIDTH * Tile.WIDTH;
        var sealed = store.sealed(run.log(), firstSealed, to);
        for (var leaf : store.leaves(run.log(), from, to)) {
            var hash = sealed.get((int) (leaf.index() - firstSealed));
            switch (leaf) {
                case ColdStore.Leaf.OfMonth event -> writer.event(event.bytes(), hash);
                case ColdStore.Leaf.OfAnother _ -> writer.withheld(hash, hash);
                case ColdStore.Leaf.Lost _ -> writer.lost(hash);
            }
        }
    }

    private TiledTree tree(ArchivedRun run, long size) {
        return new TiledTree(size, store.tiles(run.log()));
    }
}
