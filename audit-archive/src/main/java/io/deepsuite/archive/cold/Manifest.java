package io.deepsuite.archive.cold;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What an archived month is: {@code manifest.json} beside its bundle. Its own digest is what the database remembers.
 *
 * @param format {@link #FORMAT}
 * @param month such as {@code 2026-08}
 * @param created when the bundle was made (UTC)
 * @param events events of the month in the bundle
 * @param bundle the file with the events
 * @param logs which part of each log it holds
 */
record Manifest(
        @JsonProperty("format") String format,
        @JsonProperty("month") String month,
        @JsonProperty("created") String created,
        @JsonProperty("events") long events,
        @JsonProperty("bundle") ArchivedFile bundle,
        @JsonProperty("logs") List<ArchivedRun> logs) {

    static final String FORMAT = "deepsuite-audit-archive/1";

    Manifest {
        logs = List.copyOf(logs);
    }

    /** The same, made at another time. */
    Manifest at(String time) {
        return new Manifest(format, month, time, events, bundle, logs);
    }

    /** The same, for another file. */
    Manifest with(ArchivedFile file) {
        return new Manifest(format, month, created, events, file, logs);
    }

    /**
     * A file of the archive.
     *
     * @param name name in the folder of the month
     * @param bytes length, compressed
     * @param sha256 lower-case hex
     */
    record ArchivedFile(
            @JsonProperty("name") String name,
            @JsonProperty("bytes") long bytes,
            @JsonProperty("sha256") String sha256) {}

    /**
     * An unbroken run of a log.
     *
     * @param log number of the log
     * @param origin its name in checkpoints
     * @param from first leaf
     * @param to behind the last leaf
     * @param events leaves of the run whose events are in the bundle; those of other months are there by their hashes
     * @param checkpointSize size of the checkpoint that the run is proven against
     */
    record ArchivedRun(
            @JsonProperty("log") int log,
            @JsonProperty("origin") String origin,
            @JsonProperty("from") long from,
            @JsonProperty("to") long to,
            @JsonProperty("events") long events,
            @JsonProperty("checkpointSize") long checkpointSize) {}
}
