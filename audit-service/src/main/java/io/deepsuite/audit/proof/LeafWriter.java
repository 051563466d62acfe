package io.deepsuite.audit.proof;

import io.deepsuite.audit.event.EventTenantProtoMapper;
import io.deepsuite.audit.tier.ArchivedMonth;
import io.deepsuite.proof.bundle.BundleWriter;
import io.deepsuite.proof.merkle.TreeHash;
import java.io.IOException;
import java.time.YearMonth;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes leaves of one bundle as a tenant may see them. */
final class LeafWriter {

    private final BundleWriter writer;
    private final String tenant;
    private final Function<YearMonth, ArchivedMonth> archives;
    private final Set<YearMonth> named = new HashSet<>();

    /**
     * @param tenant whose events the reader may see
     * @param archives what is known of an archived month
     */
    LeafWriter(BundleWriter writer, String tenant, Function<YearMonth, ArchivedMonth> archives) {
        this.writer = writer;
        this.tenant = tenant;
        this.archives = archives;
    }

    /**
     * Writes a leaf.
     *
     * @param leaf what the store has
     * @param sealed its leaf hash in the tree
     */
    void write(StoredLeaf leaf, TreeHash sealed) throws IOException {
        byte[] event = leaf.event();
        if (event == null) {
            writeGone(leaf.archive(), sealed);
        } else if (EventTenantProtoMapper.tenant(event).filter(tenant::equals).isPresent()) {
            writer.event(event, sealed);
        } else {
            writer.withheld(TreeHash.ofLeaf(event), sealed);
        }
    }

    /** Whose event it was is not known any more; the archive has those of all tenants. */
    private void writeGone(@Nullable YearMonth archive, TreeHash sealed) throws IOException {
        if (archive == null) {
            writer.lost(sealed);
            return;
        }
        if (named.add(archive)) {
            var month = archives.apply(archive);
            writer.archive(archive.toString(), month.manifest(), month.location());
        }
        writer.archived(sealed, archive.toString());
    }
}
