package io.deepsuite.audit.proof;

import io.deepsuite.audit.checkpoint.SignedCheckpoint;
import java.util.Optional;

/**
 * An unbroken run of a log to export.
 *
 * @param log number of the log
 * @param from first leaf
 * @param to behind the last leaf; at most the checkpoint's size
 * @param newest checkpoint that the run is proven against
 * @param cosigned checkpoint on the way that witnesses have co-signed, where one was asked for
 */
record RunExport(int log, long from, long to, SignedCheckpoint newest, Optional<SignedCheckpoint> cosigned) {

    /** All leaves up to the newest checkpoint, or to the one that is co-signed. */
    static RunExport whole(int log, SignedCheckpoint newest, Optional<SignedCheckpoint> cosigned) {
        return new RunExport(log, 0, cosigned.orElse(newest).size(), newest, cosigned);
    }

    /** Some of its leaves. */
    RunExport part(long first, long end) {
        return new RunExport(log, first, end, newest, cosigned);
    }
}
