package io.deepsuite.audit.ingest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How audit events are moved from Kafka to PostgreSQL. */
@ConfigMapping(prefix = "deepsuite.audit.ingest")
public interface IngestConfig {

    /** Pause before a failed batch is tried again the first time; doubles up to {@link #maxBackoff()}. ISO-8601; default 200 ms. */
    @WithDefault("PT0.2S")
    Duration minBackoff();

    /** Longest pause between two tries of a batch. ISO-8601; default 5 s. */
    @WithDefault("PT5S")
    Duration maxBackoff();

    /** Longest a step towards the database or the dead letters may take before it counts as failed. ISO-8601; default 30 s. */
    @WithDefault("PT30S")
    Duration stepTimeout();

    /** Longest the database is waited for when partitions are assigned; afterwards the position is read with the first batch. ISO-8601; default 5 s. */
    @WithDefault("PT5S")
    Duration assignTimeout();

    /** Partitions that are stored at the same time, each with a connection of its own; less than {@code quarkus.datasource.reactive.max-size}. 1 to 64; default 4. */
    @WithDefault("4")
    @Min(1)
    @Max(64)
    int concurrency();

    /** How often the lag is measured. ISO-8601; default 5 s. */
    @WithDefault("PT5S")
    Duration lagPeriod();
}
