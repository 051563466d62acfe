package io.deepsuite.audit.seal;

import io.deepsuite.proof.merkle.Frontier;
import io.deepsuite.proof.merkle.TileRun;
import io.deepsuite.proof.merkle.TreeAppender;
import io.deepsuite.proof.merkle.TreeHash;
import java.util.List;

/**
 * What a batch adds to a log.
 *
 * @param log number of the log
 * @param before the log before
 * @param after the log after
 * @param runs hashes that the tiles gain
 */
public record LogGrowth(int log, Frontier before, Frontier after, List<TileRun> runs) {

    public LogGrowth {
        runs = List.copyOf(runs);
    }

    /** Seals events behind the log so far, in their order; at least one. */
    public static LogGrowth of(int log, Frontier before, List<byte[]> events) {
        var appender = new TreeAppender(before);
        events.forEach(event -> appender.append(TreeHash.ofLeaf(event)));
        return new LogGrowth(log, before, appender.frontier(), appender.runs());
    }
}
