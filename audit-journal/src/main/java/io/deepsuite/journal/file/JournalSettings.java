package io.deepsuite.journal.file;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a journal needs to know.
 *
 * @param directory where its files are; made when absent
 * @param origin whose events they are
 * @param maxBytes bound of all segments together, at least two segments
 * @param segmentBytes length at which the next segment begins
 * @param queueLength events that may wait to be written; more are refused
 * @param mostOpenIntents changes that may be under way; further intents are refused
 * @param linger how long the writer waits for more events before it forces; 0 forces at once, and what arrives meanwhile is the next group
 * @param retryAfter how long after a failed write everything is refused before the file system is tried again
 */
public record JournalSettings(
        Path directory,
        Origin origin,
        long maxBytes,
        long segmentBytes,
        int queueLength,
        int mostOpenIntents,
        Duration linger,
        Duration retryAfter) {

    /**
     * Who writes the journal.
     *
     * @param service such as {@code model-service}
     * @param instance stable name of the replica
     * @param namespace Kubernetes namespace, or {@code local}
     */
    public record Origin(String service, String instance, String namespace) {}

    public JournalSettings {
        if (segmentBytes <= SegmentHeader.BYTES + RecordFormat.OVERHEAD || maxBytes / 2 < segmentBytes) {
            // a journal that is one segment could never free anything
            throw new IllegalArgumentException("maxBytes: %d, segmentBytes: %d (expected: room for two segments)"
                    .formatted(maxBytes, segmentBytes));
        }
        if (queueLength < 1) {
            throw new IllegalArgumentException("queueLength: %d (expected: 1 or more)".formatted(queueLength));
        }
        if (mostOpenIntents < 1) {
            throw new IllegalArgumentException("mostOpenIntents: %d (expected: 1 or more)".formatted(mostOpenIntents));
        }
    }
}
