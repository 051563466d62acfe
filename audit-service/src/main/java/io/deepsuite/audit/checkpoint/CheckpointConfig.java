package io.deepsuite.audit.checkpoint;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How checkpoints are signed and published. */
@ConfigMapping(prefix = "deepsuite.audit.checkpoint")
public interface CheckpointConfig {

    /**
     * Files with the private keys, Ed25519, PEM (PKCS #8); each signs every checkpoint. For a rotation add the new key, wait until everybody knows it, and move
     * the old one's public half to the retired keys. Default /etc/deepsuite/checkpoint/key.pem.
     */
    @WithDefault("/etc/deepsuite/checkpoint/key.pem")
    @NotEmpty
    List<Path> keyFiles();

    /**
     * Public halves of keys that signed once, {@code name+id+base64} as published, comma-separated. Their checkpoints still count: a log that has not grown since
     * has no other. Default none.
     */
    Optional<List<String>> retiredKeys();

    /** Name of the keys, as signatures show it; no spaces, no plus sign. Default deepsuite-audit. */
    @WithDefault("deepsuite-audit")
    @Pattern(regexp = "[^\\s+]{1,128}")
    String keyName();

    /** How often logs that have grown are signed, 1 s to 1 h. ISO-8601; default 10 s. */
    @WithDefault("PT10S")
    @DurationMin(seconds = 1)
    @DurationMax(hours = 1)
    Duration interval();

    /** Directory that checkpoints are written to, for ever; best one that the administrators of the database cannot reach. Default /var/lib/deepsuite/checkpoints. */
    @WithDefault("/var/lib/deepsuite/checkpoints")
    Path directory();

    /**
     * How long after a checkpoint of a log the directory gets the next one of it, 0 to 1 day; the newest always comes in the end. Whatever is written stays for
     * ever, so this says how fast the directory grows: 15 minutes are at most 96 files a day for each log. 0 for every checkpoint. ISO-8601; default 15 min.
     */
    @WithDefault("PT15M")
    @DurationMin
    @DurationMax(days = 1)
    Duration directoryInterval();

    /** Longest that the broker or the database may take for one checkpoint. ISO-8601; default 20 s. */
    @WithDefault("PT20S")
    Duration timeout();
}
