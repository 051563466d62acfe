package io.deepsuite.archive.cold;

import java.io.IOException;
import java.time.Instant;
import java.time.YearMonth;

/** Brings a month that has left back into the store, for a time, from its archive. */
public final class MonthRestorer {

    private final ColdStore store;
    private final ColdArchive archive;
    private final RestoreStore restores;

    public MonthRestorer(ColdStore store, ColdArchive archive, RestoreStore restores) {
        this.store = store;
        this.archive = archive;
        this.restores = restores;
    }

    /**
     * Restores a month. Until it is whole, nobody sees any of it.
     *
     * @param until no rule lets it leave again before
     * @return events that came back
     * @throws ArchiveException if it is not archived, is in the store, the archive is not what was recorded, or an event has no key in the store; nothing was changed
     */
    public long restore(YearMonth month, Instant until) {
        try {
            if (store.list().stream().anyMatch(listed -> listed.month().equals(month) && listed.stored())) {
                throw new ArchiveException("month " + month + " is in the store (expected: one that has left)");
            }
            var digest = store.digest(month);
            store.end();
            var manifest = archive.verified(month, digest);
            try (var filling = restores.begin(month);
                    var bundle = archive.open(month)) {
                BundleEvents.read(bundle, manifest, filling::add);
                filling.finish(manifest.events(), until);
            }
            return manifest.events();
        } catch (IOException e) {
            throw new ArchiveException("month " + month + ": " + e.getMessage(), e);
        }
    }
}
