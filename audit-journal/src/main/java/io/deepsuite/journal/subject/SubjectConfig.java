package io.deepsuite.journal.subject;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.NotBlank;
import java.nio.file.Path;

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
}
