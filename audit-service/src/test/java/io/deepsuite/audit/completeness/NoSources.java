package io.deepsuite.audit.completeness;

import java.util.List;

/** A store into which no source has written. */
@SuppressWarnings("NullAway") // no pool: whatever would ask it is overridden
public final class NoSources extends SourceStore {

    /** Without sources. */
    public NoSources() {
        super(null, null);
    }

    @Override
    public List<SourceReport> sources() {
        return List.of();
    }
}
