package io.deepsuite.audit.query;

import io.deepsuite.audit.tier.Tier;
import java.util.List;

/**
 * How an export ended: its last line.
 *
 * @param events how many are above
 * @param complete whether that is all that the filters find, in archives, too
 * @param nextPageToken where to go on; empty when the store has no more, and when nothing is above
 * @param reason {@code OK}, or why it broke off
 * @param archives parts of the time asked for that were in archives while it was written, and not searched
 */
record ExportEnd(long events, boolean complete, String nextPageToken, String reason, List<Tier> archives) {

    static final String OK = "OK";

    ExportEnd {
        archives = List.copyOf(archives);
    }
}
