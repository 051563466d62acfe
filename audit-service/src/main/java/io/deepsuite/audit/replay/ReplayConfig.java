package io.deepsuite.audit.replay;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How dead letters are read and sent again. */
@ConfigMapping(prefix = "deepsuite.audit.replay")
public interface ReplayConfig {

    /** Topic of the dead letters; the one that they are put aside in. */
    String letterTopic();

    /** Topic that they are sent to again; the one that ingest reads. */
    String auditTopic();

    /** Longest that one step towards Kafka or the database may take, 1 s to 1 min. ISO-8601; default 10 s. */
    @WithDefault("PT10S")
    @DurationMin(seconds = 1)
    @DurationMax(minutes = 1)
    Duration timeout();

    /** Dead letters that one call reads at most, whether or not they are wanted, 1 to 100 000; default 10 000. */
    @WithDefault("10000")
    @Min(1)
    @Max(100_000)
    int scanLimit();
}
