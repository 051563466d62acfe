package io.deepsuite.journal.subject;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** Secrets that persons in audit events are known and protected by; the same in the whole installation. */
@ConfigMapping(prefix = "deepsuite.subject")
public interface SubjectConfig {

    /**
     * File with the key that persons are hashed with, 64 hexadecimal characters; default /etc/deepsuite/subject/hash-key. Never replaced: with another one no
     * person's older keys are found.
     */
    @WithDefault("/etc/deepsuite/subject/hash-key")
    Path hashKeyFile();

    /**
     * File with the keys that wrap the keys of persons, 64 hexadecimal characters each, one a line; the first wraps, all unwrap; default
     * /etc/deepsuite/subject/wrapping-keys.
     */
    @WithDefault("/etc/deepsuite/subject/wrapping-keys")
    Path wrappingKeysFile();

    /** Kafka topic of the keys of persons, compacted; default deepsuite.audit.subject-keys.v1. */
    @WithDefault("deepsuite.audit.subject-keys.v1")
    @NotBlank
    String topic();

    /**
     * How long a key of a person is used for new events; the next one begins a new key. Short: few events belong to one key. Long: few keys. 1 min to 24 h,
     * default 1 h.
     */
    @WithDefault("PT1H")
    @DurationMin(minutes = 1)
    @DurationMax(hours = 24)
    Duration keyLifetime();

    /** Persons whose keys are at hand; the one who was not seen for longest gets a new key next time; 1 to 1000000, default 10000. */
    @WithDefault("10000")
    @Min(1)
    @Max(1_000_000)
    int keysAtHand();
}
