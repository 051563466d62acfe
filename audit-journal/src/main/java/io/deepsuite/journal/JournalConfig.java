package io.deepsuite.journal;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** The audit journal. */
@ConfigMapping(prefix = "deepsuite.journal")
public interface JournalConfig {

    /** Names that may stand in a Kafka key of the form service/instance/boot. */
    String NAME = "[A-Za-z0-9._-]{1,128}";

    /**
     * Directory of the journal's files, on a disk that outlives the process; one per replica; default /var/lib/deepsuite/journal. An emptied directory begins
     * again with boot 1: give the replica another instance name then.
     */
    @WithDefault("/var/lib/deepsuite/journal")
    Path directory();

    /** Name of the service, as events show it; default quarkus.application.name. */
    @WithDefault("${quarkus.application.name}")
    @Pattern(regexp = NAME)
    String service();

    /** Stable name of this replica, such as a StatefulSet pod's; default the host's name. */
    @WithDefault("${HOSTNAME:local}")
    @Pattern(regexp = NAME)
    String instance();

    /** Kubernetes namespace; default local. */
    @WithDefault("local")
    @Pattern(regexp = NAME)
    String namespace();

    /**
     * Bound of all journal files together, two segments or more; at the bound, calls are refused until Kafka has taken events; default 1G. Keep the disk
     * larger.
     */
    @WithDefault("1G")
    MemorySize maxSize();

    /** Length at which the next file begins; what Kafka has acknowledged is freed file by file; 1M to 256M, default 16M. */
    @WithDefault("16M")
    MemorySize segmentSize();

    /** Events that may wait for the disk; more are refused; 1 to 1000000, default 10000. */
    @WithDefault("10000")
    @Min(1)
    @Max(1_000_000)
    int queueLength();

    /**
     * Changes that may be under way at one time, announced and not ended; more are refused. Each keeps 4 KiB of max-size free for its end. 1 to 10000, default
     * 1000.
     */
    @WithDefault("1000")
    @Min(1)
    @Max(10_000)
    int maxOpenIntents();

    /**
     * How long the writer waits for more events before it forces them to disk together, up to 1 s. Default 0: it forces at once, and what arrives meanwhile is
     * the next group.
     */
    @WithDefault("PT0S")
    @DurationMin
    @DurationMax(seconds = 1)
    Duration linger();

    /** After a failed write, how long everything is refused before the disk is tried again, up to 1 min; default 250 ms. */
    @WithDefault("PT0.25S")
    @DurationMin
    @DurationMax(minutes = 1)
    Duration retryAfter();

    /**
     * Actions that are served although their event could not be made durable, comma-separated: reads that are no step of an inference, such as model.list.
     * They are counted, and one event journal.unaudited tells how many are missing once the journal takes events again. Default none: every call without an
     * event is refused.
     */
    Optional<Set<String>> failOpenReads();

    /**
     * When a call may go on: JOURNAL, when its event is on disk (default); KAFKA, when all in-sync brokers have it too, so that it outlives the machine, and
     * then calls fail while Kafka is away.
     */
    @WithDefault("JOURNAL")
    Ack ack();

    /** Actions that wait for Kafka though the others do not, comma-separated, such as model.set-alias; default none. */
    Optional<Set<String>> ackKafkaActions();

    /** Longest that a call waits for Kafka, where it does; then it is refused, though its event is on its way; 100 ms to 1 min, default 10 s. */
    @WithDefault("PT10S")
    @DurationMin(millis = 100)
    @DurationMax(minutes = 1)
    Duration ackTimeout();

    /** Who has to have an event before its call may go on. */
    enum Ack {
        /** The disk. */
        JOURNAL,
        /** The disk, and all in-sync replicas of Kafka. */
        KAFKA
    }

    /** Kafka topic; default deepsuite.audit.v1. */
    @WithDefault("deepsuite.audit.v1")
    @NotBlank
    String topic();

    /** Events sent to Kafka and not yet acknowledged, at most; 1 to 100000, default 2000. */
    @WithDefault("2000")
    @Min(1)
    @Max(100_000)
    int inFlight();

    /** At shutdown, longest to go on shipping; what remains is shipped after the next start; up to 1 min, default 5 s. */
    @WithDefault("PT5S")
    @DurationMin
    @DurationMax(minutes = 1)
    Duration drainTimeout();
}
